import { computed } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useMemo } from 'preact/hooks';
import { Card } from '../cards/card.tsx';
import type { CardPlace } from '../cards/scope.ts';
import type { MessageView } from '../core/sandbox.ts';
import { chat, personOf } from '../core/state.ts';
import { FileBox, Picture } from './attachment.tsx';
import { clickCard } from './click-card.ts';
import { Words } from './text.tsx';
import { postParts } from './words.ts';

type Content = ComponentType<{ message: MessageView }>;

const Text: Content = ({ message }) => (
  <div class="bubble">
    <Words text={message.text} />
  </div>
);

const Pictures: Content = ({ message }) => (
  <>
    {message.files.map((file) => (
      <Picture key={file.key} file={file} />
    ))}
  </>
);

const Post: Content = ({ message: { text, files } }) => {
  const pictures = files.filter(({ kind }) => kind === 'image');
  return (
    <div class="bubble post">
      {postParts(text, pictures.length).map((part, index) => {
        const picture = typeof part === 'number' ? pictures[part] : undefined;
        return picture ? <Picture key={index} file={picture} /> : <Words key={index} text={String(part)} />;
      })}
    </div>
  );
};

const filesAs = (what?: string): Content =>
  function Files({ message }) {
    return (
      <>
        {message.files.map((file) => (
          <FileBox key={file.key} file={file} what={what} />
        ))}
      </>
    );
  };

// The chat is another object after every message, its list of members is not: cards need not be drawn anew.
const memberKeys = computed(() => chat.value?.members);
const around = computed(() => memberKeys.value?.flatMap((key) => personOf(key) ?? []) ?? []);

const CardContent: Content = ({ message }) => {
  const people = around.value;
  const place = useMemo<CardPlace>(
    () => ({ message, people, use: (action) => clickCard(message, action) }),
    [message, people],
  );
  return message.card ? <Card card={message.card} place={place} /> : <InWords words="卡片内容无法显示" />;
};

const InWords = ({ words }: { words: string }) => <div class="bubble quiet">［{words}］</div>;

const CONTENTS: Readonly<Record<string, Content>> = {
  text: Text,
  post: Post,
  image: Pictures,
  file: filesAs(),
  audio: filesAs('语音'),
  media: filesAs('视频'),
  interactive: CardContent,
  sticker: () => <InWords words="表情包" />,
  share_chat: () => <InWords words="群名片" />,
  share_user: () => <InWords words="个人名片" />,
};

/** What a message says, by its type. */
export function ContentOf({ message }: { message: MessageView }) {
  const Content = CONTENTS[message.type];
  return Content ? <Content message={message} /> : <InWords words={`${message.type} 类消息`} />;
}
