import { useEffect, useState } from 'preact/hooks';
import { sizeText } from '../core/size.ts';
import { answered, nameOf } from '../core/state.ts';
import { Icon, IconButton } from '../ui/icon.tsx';
import { type Attachment, detach, queue } from './attachments.ts';
import { inviteToType } from './box.ts';

/** The message that the next one answers. */
export function AnswerLine() {
  const message = answered.value;
  if (!message) return null;
  const [title = ''] = message.text.split('\n');
  return (
    <p class="answer-line">
      <Icon name="reply" />
      <span>
        回复 {nameOf(message.from)}：{title}
      </span>
      <IconButton icon="close" label="不回复这条" onClick={() => (answered.value = null)} />
    </p>
  );
}

/** The files that go with the next message. */
export function Waiting() {
  if (queue.value.length === 0) return null;
  return (
    <ul class="queue" aria-label="待发送的文件">
      {queue.value.map((one) => (
        <li key={one.id}>
          {one.kind === 'image' ? <Thumbnail attachment={one} /> : <Icon name="file" />}
          <span class="queue-name" title={one.name}>
            {one.name}
          </span>
          <small>{sizeText(one.size)}</small>
          <IconButton icon="close" label={`移除${one.name}`} onClick={() => remove(one.id)} />
        </li>
      ))}
    </ul>
  );
}

function remove(id: number): void {
  detach([id]);
  inviteToType();
}

function Thumbnail({ attachment: { content } }: { attachment: Attachment }) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    content.then(setUrl, () => {});
  }, [content]);
  return url === '' ? <Icon name="image" /> : <img src={url} alt="" />;
}
