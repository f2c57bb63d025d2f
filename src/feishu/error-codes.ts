/**
 * What to do when Feishu says no (feishu.md §3.6). A code that is not here is parked for a person, never blindly retried.
 * `later-all` waits for every chat, `later-chat` for one; `refused` is final; `token` drops the cached token and tries once more.
 */
type Meaning = 'later-all' | 'later-chat' | 'token' | 'refused' | 'puzzling';

const rows: Readonly<Record<Exclude<Meaning, 'puzzling'>, readonly number[]>> = {
  'later-all': [99991400],
  'later-chat': [230020, 230049, 232019, 11232, 11233, 11247],
  token: [99991663],
  refused: [
    230002, 230006, 230009, 230011, 230012, 230013, 230015, 230017, 230018, 230019, 230026, 230027, 230029, 230031,
    230035, 230038, 230050, 230053, 230071, 230110, 232009, 232011,
  ],
};

const meanings = new Map<number, Meaning>(
  Object.entries(rows).flatMap(([meaning, codes]) => codes.map((code) => [code, meaning as Meaning] as const)),
);

export const meaningOf = (code: number): Meaning => meanings.get(code) ?? 'puzzling';
