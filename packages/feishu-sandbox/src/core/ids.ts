import { createHash, randomBytes, randomInt } from 'node:crypto';

const sha256hex = (text: string): string => createHash('sha256').update(text).digest('hex');

const short = (key: string): string => sha256hex(key).slice(0, 32);

export const openIdOf = (personKey: string): string => `ou_${short(personKey)}`;
export const unionIdOf = (personKey: string): string => `on_${short(personKey)}`;
export const chatIdOf = (chatKey: string): string => `oc_${short(chatKey)}`;
export const p2pKeyOf = (personKey: string): string => `p2p:${personKey}`;

export const randomHex = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);

/** For ids that are numbers: this many digits, none of them 0. */
export const randomDigits = (digits: number): string => Array.from({ length: digits }, () => randomInt(1, 10)).join('');

/** People type it to get into a video meeting. */
export const newMeetingNo = (): string => randomDigits(9);

/** Grows with `seq`, so that messages of one millisecond still have an order when they are sorted by id. */
export const messageIdOf = (seq: number): string => `om_${seq.toString(16).padStart(12, '0')}${randomHex(20)}`;
