/**
 * What to do when Feishu says no (feishu.md §3.6). `later-all` waits for every chat, `later-chat` for one; `token` drops
 * the cached token and tries once more; `refused` is final; `puzzling` is parked for a person, as is every code that is
 * not here: something of ours or of the app's settings has to be put right, and a blind retry would not do that.
 */
export type Meaning = 'later-all' | 'later-chat' | 'token' | 'refused' | 'puzzling';

const rows: readonly (readonly [Meaning, readonly number[]])[] = [
  ['later-all', [99991400]],
  ['later-chat', [230020, 230049, 232019, 11232, 11233, 11247]],
  // 99991661, no token sent, follows when none could be had: worth waiting for, not a person.
  ['token', [99991661, 99991663]],
  ['refused', [230002, 230006, 230009, 230011, 230012, 230013, 230015, 230017, 230018, 230019, 230026, 230027, 230029]],
  ['refused', [230023, 230031, 230033, 230035, 230038, 230050, 230053, 230110, 232009, 232011]],
  ['puzzling', [99991671, 99991664, 99991668, 99991677, 99991672, 99991679, 99991401, 99992402, 99992351]],
  ['puzzling', [99992361, 230001, 230022, 230025, 230028, 230034, 230054, 230055, 230071, 230072, 230099]],
  ['puzzling', [10014, 10015, 19036]],
];

const meanings = new Map<number, Meaning>(rows.flatMap(([meaning, codes]) => codes.map((code) => [code, meaning])));

export const meaningOf = (code: number): Meaning => meanings.get(code) ?? 'puzzling';
/** The codes somebody has thought about. */
export const knownCodes: readonly number[] = [...meanings.keys()];
