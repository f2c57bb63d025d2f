import { attempt } from '../../../core/sandbox.ts';
import { say } from '../../../core/toast.ts';
import { IconButton } from '../../../ui/icon.tsx';
import { each } from '../each.ts';
import { Scroller } from '../scroller.tsx';
import { Inlines } from './inline.tsx';
import type { Block, Inline } from './tree.ts';

export const Blocks = ({ blocks }: { blocks: readonly Block[] }) => (
  <>
    {each(blocks, (block) => (
      <Part block={block} />
    ))}
  </>
);

type Node<T extends Block['type']> = Extract<Block, { type: T }>;

function Part({ block }: { block: Block }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines nodes={block.children} />
        </p>
      );
    case 'heading':
      return <Heading node={block} />;
    case 'code':
      return <CodeBlock node={block} />;
    case 'list':
      return <List node={block} />;
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case 'rule':
      return <hr />;
    case 'table':
      return <Table node={block} />;
  }
}

/** The title of the card is a heading of the third level; those of its texts stand below it. */
function Heading({ node: { level, children } }: { node: Node<'heading'> }) {
  const Level = level <= 2 ? 'h3' : level <= 4 ? 'h4' : 'h5';
  return (
    <Level class={`heading-${level}`}>
      <Inlines nodes={children} />
    </Level>
  );
}

function CodeBlock({ node: { language, text } }: { node: Node<'code'> }) {
  const copy = async (): Promise<void> => {
    if (await attempt(() => navigator.clipboard.writeText(text))) say('success', '已复制');
  };
  return (
    <figure class="code-block">
      <figcaption>
        <span>{language || '代码'}</span>
        <IconButton icon="copy" label="复制代码" onClick={copy} />
      </figcaption>
      <Scroller label="代码">
        <pre>
          <code>{text}</code>
        </pre>
      </Scroller>
    </figure>
  );
}

function List({ node: { start, items } }: { node: Node<'list'> }) {
  const entries = each(items, (blocks) => (
    <li>
      <Blocks blocks={blocks} />
    </li>
  ));
  return start === null ? <ul>{entries}</ul> : <ol start={start}>{entries}</ol>;
}

function Table({ node: { align, header, rows } }: { node: Node<'table'> }) {
  const row = (cells: readonly Inline[][], Cell: 'th' | 'td') => (
    <tr>
      {each(cells, (nodes, index) => (
        <Cell class={align[index] ?? 'left'} scope={Cell === 'th' ? 'col' : undefined}>
          <Inlines nodes={nodes} />
        </Cell>
      ))}
    </tr>
  );
  return (
    <Scroller label="表格">
      <table>
        <thead>{row(header, 'th')}</thead>
        <tbody>{each(rows, (cells) => row(cells, 'td'))}</tbody>
      </table>
    </Scroller>
  );
}
