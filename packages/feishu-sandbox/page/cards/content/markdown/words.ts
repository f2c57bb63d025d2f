import { decodeEntities } from '../../../../src/cards/entities.ts';
import { PALETTE } from '../../../messages/emoji.ts';
import type { Inline } from './tree.ts';

/** What stands for a picture of the client's own set, reactions included. */
const EMOJI: Readonly<Record<string, string>> = {
  ...Object.fromEntries(PALETTE.map(({ type, label }) => [type, label])),
  Yes: '是',
  No: '否',
  ThumbsDown: '踩',
  APPLAUSE: '鼓掌',
  MUSCLE: '加油',
  LAUGH: '笑',
  FIRE: '火',
  PARTY: '庆祝',
  ROSE: '玫瑰',
  PRAISE: '表扬',
  Get: '收到',
  OnIt: '在做了',
  LGTM: 'LGTM',
  CheckMark: '对勾',
  CrossMark: '叉',
  Pin: '图钉',
  Alarm: '闹钟',
  Trophy: '奖杯',
  THINKING: '思考',
  WAIT: '等一下',
  CRY: '哭',
  SHHH: '嘘',
};

/** A piece of text: entities decoded, `:DONE:` a label. A shortcode nobody knows stays as it was written. */
export function words(source: string): Inline[] {
  const parts = source.split(/:([A-Za-z]{2,14}):/);
  return parts
    .map((part, index): Inline => {
      const label = index % 2 === 1 ? EMOJI[part] : undefined;
      if (label !== undefined) return { type: 'emoji', label };
      return { type: 'text', text: index % 2 === 1 ? `:${part}:` : decodeEntities(part) };
    })
    .filter((node) => node.type !== 'text' || node.text !== '');
}
