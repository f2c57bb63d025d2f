import { isObject, tagOf, text } from '../../../src/cards/tree.ts';
import { fileUrl } from '../../core/sandbox.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useLook } from './look.ts';
import { known, textPaint } from './style.ts';

/** Of the client's thousands of icons the page draws those it has; a word in the token decides, and any other is a dot. */
const GLYPHS: readonly (readonly [RegExp, IconName])[] = [
  [/calendar|date/, 'calendar'],
  [/time|clock|alarm|history/, 'clock'],
  [/member|group|contact|person|user|admin/, 'people'],
  [/chat|comment|message|topic|feedback/, 'thread'],
  [/image|picture|album|camera/, 'image'],
  [/file|doc|sheet|wiki|note|form|minutes|bitable|approval|report/, 'file'],
  [/yes|done|check|succeed|finish|resolve/, 'check'],
  [/close|no_|error|delete|fail/, 'close'],
  [/search|find/, 'search'],
  [/link|url/, 'link'],
  [/warn|alert|risk/, 'warning'],
  [/info|tip|help/, 'info'],
  [/bell|notif|remind|announce/, 'bell'],
  [/chart|data|stat|dashboard/, 'chart'],
  [/place|local|location|map/, 'place'],
  [/star|favor|collect/, 'star'],
  [/copy/, 'copy'],
  [/reply|undo/, 'reply'],
  [/send|share|forward/, 'send'],
  [/attach|clip/, 'clip'],
  [/at_|mention/, 'at'],
  [/emoji|smile|thumb/, 'smile'],
  [/code|api|robot|bot/, 'code'],
  [/play|video|vc/, 'play'],
  [/down|expand|fold/, 'down'],
  [/right/, 'right'],
  [/left/, 'back'],
  [/more|menu/, 'more'],
];

const glyphOf = (token: string): IconName | undefined => GLYPHS.find(([words]) => words.test(token))?.[1];

export function StandardIcon({ token, colour }: { token: string; colour?: unknown }) {
  const paint = textPaint(colour, useLook());
  const name = glyphOf(token);
  return (
    <span class={`glyph ${paint.class}`} style={paint.style} aria-hidden="true">
      {name ? <Icon name={name} /> : <span class="dot" />}
    </span>
  );
}

/** `icon` of a header, text or button: one of the client's own, or an uploaded picture. */
export function Glyph({ icon }: { icon: unknown }) {
  if (!isObject(icon)) return null;
  if (tagOf(icon) === 'custom_icon') {
    const size = known({ width: /^(\d+)px/.exec(text(icon.size))?.[0] });
    return <img class="glyph" src={fileUrl(text(icon.img_key))} alt="" style={size} />;
  }
  return <StandardIcon token={text(icon.token)} colour={icon.color} />;
}
