import type { CardSpec } from './card.ts';

/** A short grey answer: a refusal, a hint, an acknowledgement. */
export const noticeCard = (title: string, ...lines: readonly string[]): CardSpec => ({ kind: 'notice', title, lines });
