import { useState } from 'preact/hooks';
import { fileUrl, type MessageView } from '../core/sandbox.ts';
import { sizeText } from '../core/size.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';

export type Attachment = MessageView['files'][number];

/** A picture in small, which opens in full. */
export function Picture({ file }: { file: Attachment }) {
  const [loaded, setLoaded] = useState(false);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class={`thumbnail ${loaded ? '' : 'waiting'}`}
        aria-label={`查看图片 ${file.name}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <img src={fileUrl(file.key)} alt={file.name} loading="lazy" decoding="async" onLoad={() => setLoaded(true)} />
      </button>
      {open && <Preview file={file} onClose={() => setOpen(false)} />}
    </>
  );
}

const Preview = ({ file, onClose }: { file: Attachment; onClose: () => void }) => (
  <Dialog title={file.name} class="preview" onClose={onClose}>
    <figure>
      <img src={fileUrl(file.key)} alt={file.name} />
      <figcaption>
        <span class="quiet">{sizeText(file.size)}</span>
        <a class="button" href={fileUrl(file.key)} download={file.name}>
          下载
        </a>
      </figcaption>
    </figure>
  </Dialog>
);

/** A file with its size, to download; `what` says more than the name does. */
export const FileBox = ({ file, what }: { file: Attachment; what: string | undefined }) => (
  <a class="file-box" href={fileUrl(file.key)} download={file.name}>
    <span class="file-icon tint-blue">
      <Icon name="file" />
    </span>
    <span class="file-name">
      <span class="hidden">下载</span> {file.name}
    </span>
    <small>
      {what !== undefined && `${what} · `}
      {sizeText(file.size)}
    </small>
  </a>
);
