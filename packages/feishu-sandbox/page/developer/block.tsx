import type { ComponentChildren } from 'preact';
import { attempt } from '../core/sandbox.ts';
import { say } from '../core/toast.ts';
import { Icon } from '../ui/icon.tsx';
import { parsed, pretty } from './json.ts';
import { JsonView } from './json-view.tsx';
import { LongText } from './long-text.tsx';

/** One titled part of the details, with what can be done with it on its right. */
export const Block = (props: { title: string; actions?: ComponentChildren; children: ComponentChildren }) => (
  <section class="block">
    <header>
      <h3>{props.title}</h3>
      {props.actions}
    </header>
    {props.children}
  </section>
);

/** Copies a text, which is made only then. */
export function CopyButton({ text, what, label = '复制' }: { text: () => string; what: string; label?: string }) {
  const copy = async (): Promise<void> => {
    if (await attempt(() => navigator.clipboard.writeText(text()))) say('success', `已复制${what}`);
  };
  return (
    <button type="button" class="small-button" aria-label={`${label}：${what}`} onClick={() => void copy()}>
      <Icon name="copy" />
      {label}
    </button>
  );
}

/** A body as it went over the wire or is remembered: JSON unfolds, anything else is text. */
export function BodyBlock({ title, body, empty }: { title: string; body: unknown; empty: string }) {
  if (body === null || body === undefined || body === '') {
    return (
      <Block title={title}>
        <p class="quiet">{empty}</p>
      </Block>
    );
  }
  const value = typeof body === 'string' ? parsed(body) : body;
  return (
    <Block title={title} actions={<CopyButton what={title} text={() => pretty(body)} />}>
      {typeof value === 'string' ? (
        <pre>
          <LongText text={value} />
        </pre>
      ) : (
        <JsonView value={value} />
      )}
    </Block>
  );
}
