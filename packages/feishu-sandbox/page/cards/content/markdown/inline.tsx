import type { ComponentChildren } from 'preact';
import { nameOf, personOf, speakerKey } from '../../../core/state.ts';
import { useCard } from '../../scope.ts';
import { momentText } from '../dates.ts';
import { each } from '../each.ts';
import { StandardIcon } from '../glyph.tsx';
import { WebLink } from '../link.tsx';
import { useLook } from '../look.ts';
import { PersonTag } from '../people.tsx';
import { Picture } from '../picture.tsx';
import { ground, textPaint, tintOf } from '../style.ts';
import type { Inline } from './tree.ts';

export const Inlines = ({ nodes }: { nodes: readonly Inline[] }) => (
  <>
    {each(nodes, (node) => (
      <Piece node={node} />
    ))}
  </>
);

function Piece({ node }: { node: Inline }) {
  switch (node.type) {
    case 'text':
      return <>{node.text}</>;
    case 'break':
      return <br />;
    case 'rule':
      return <span class="rule" />;
    case 'strong':
      return <strong>{inner(node)}</strong>;
    case 'em':
      return <em>{inner(node)}</em>;
    case 'strike':
      return <del>{inner(node)}</del>;
    case 'code':
      return <code>{node.text}</code>;
    case 'link':
      return (
        <WebLink url={node.url}>
          {node.icon !== '' && <StandardIcon token={node.icon} />}
          {inner(node)}
        </WebLink>
      );
    case 'image':
      return <Picture imageKey={node.key} alt={node.hover} />;
    case 'mention':
      return <Mention ids={node.ids} />;
    case 'person':
      return <PersonTag id={node.id} avatar={node.avatar} name={node.name} capsule={node.capsule} size="small" />;
    case 'font':
      return <Coloured colour={node.colour}>{inner(node)}</Coloured>;
    case 'tag':
      return <span class={`tag ${tintOf(node.colour) || 'tint-neutral'}`}>{inner(node)}</span>;
    case 'number':
      return <NumberTag node={node} />;
    case 'datetime':
      return <Moment node={node} />;
    case 'emoji':
      return <span class="emoji">{node.label}</span>;
  }
}

const inner = ({ children }: { children: readonly Inline[] }) => <Inlines nodes={children} />;

const Linked = ({ url, children }: { url: string | null; children: ComponentChildren }) =>
  url === null ? children : <WebLink url={url}>{children}</WebLink>;

const isSpeaker = (id: string): boolean => id === 'all' || personOf(id)?.key === speakerKey.value;

const Mention = ({ ids }: { ids: readonly string[] }) => (
  <>
    {ids.map((id) => (
      <span key={id} class={`mention ${isSpeaker(id) ? 'self' : ''}`}>
        @{id === 'all' ? '所有人' : nameOf(id)}
      </span>
    ))}
  </>
);

type Node<T extends Inline['type']> = Extract<Inline, { type: T }>;

function Coloured({ colour, children }: { colour: string; children: ComponentChildren }) {
  const paint = textPaint(colour, useLook());
  return (
    <span class={paint.class} style={paint.style}>
      {children}
    </span>
  );
}

function NumberTag({ node }: { node: Node<'number'> }) {
  const { style } = ground(node.background, useLook());
  return (
    <Linked url={node.url}>
      <span class={`number-tag ${tintOf(node.background)}`} style={style}>
        {node.text}
      </span>
    </Linked>
  );
}

/** Without a time of its own it shows when the message was sent. */
function Moment({ node }: { node: Node<'datetime'> }) {
  const { message } = useCard();
  const at = new Date(node.at ?? message.created_at);
  return (
    <Linked url={node.url}>
      <time dateTime={at.toISOString()}>{momentText(at, node.format)}</time>
    </Linked>
  );
}
