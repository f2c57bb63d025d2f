import { useState } from 'preact/hooks';
import { fileUrl } from '../../core/sandbox.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Style } from './style.ts';

/** An uploaded picture; a click shows it large, where the card allows that. */
export function Picture(props: { imageKey: string; alt: string; preview?: boolean; class?: string; style?: Style }) {
  const { imageKey, alt, preview = true, class: name = '', style } = props;
  const [large, setLarge] = useState(false);
  const [broken, setBroken] = useState(false);
  const label = alt || '图片';
  if (broken) return <span class={`card-picture broken ${name}`}>［图片打不开］</span>;
  const image = <img src={fileUrl(imageKey)} alt={label} onError={() => setBroken(true)} />;
  if (!preview)
    return (
      <span class={`card-picture ${name}`} style={style}>
        {image}
      </span>
    );
  return (
    <>
      <button
        type="button"
        class={`card-picture ${name}`}
        style={style}
        aria-label={`放大：${label}`}
        title={alt}
        onClick={() => setLarge(true)}
      >
        {image}
      </button>
      {large && (
        <Dialog title={label} class="wide" onClose={() => setLarge(false)}>
          <img class="enlarged" src={fileUrl(imageKey)} alt={label} />
        </Dialog>
      )}
    </>
  );
}
