import type { ComponentChildren } from 'preact';
import { isObject } from '../../../src/cards/tree.ts';
import type { Style } from './style.ts';
import { deviceUrl } from './url.ts';

/** A page outside opens in a new window and learns nothing of this one. */
export const WebLink = (props: { url: string; class?: string; label?: string; children?: ComponentChildren }) => (
  <a class={props.class} href={props.url} aria-label={props.label} target="_blank" rel="noopener noreferrer">
    {props.children}
  </a>
);

/** A link over the whole surface; buttons and links within lie above it. */
export function CoverLink({ links }: { links: unknown }) {
  const url = deviceUrl(links);
  return url === null ? null : <WebLink url={url} class="cover" label={`打开 ${new URL(url).host}`} />;
}

/** A part of a card that opens a page when it is clicked anywhere, if its `action` names one. */
export function Covered(props: { action: unknown; class: string; style: Style; children: ComponentChildren }) {
  const links = isObject(props.action) ? props.action.multi_url : undefined;
  return (
    <div class={props.class} style={props.style}>
      <CoverLink links={links} />
      {props.children}
    </div>
  );
}
