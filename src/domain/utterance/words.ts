/** Small corrections of known words: sure ones are made, unsure ones are offered. */

/** Characters taken for one another by sound or look; a slip inside one group is corrected without asking. */
const confusable = [
  '会回汇惠绘',
  '党当挡档',
  '日曰目入',
  '题提体',
  '主住注祝',
  '委为围位尾',
  '组祖足',
  '课科刻可棵',
  '支只之枝知',
  '员圆元园',
  '部步布',
  '大打达',
  '民明名',
  '评平苹',
  '议意义',
  '织知职',
  '生声升',
  '活话火',
  '小晓',
  '谈弹',
  '心新',
  '交叫',
  '记纪计',
  '录路',
  '整正',
  '改该',
  '导倒',
  '出除',
  '助住',
  '帮邦',
  '状壮',
  '态太',
  '提题',
  '绑帮',
  '定订',
];
const areAlike = (one: string, other: string): boolean =>
  confusable.some((group) => group.includes(one) && group.includes(other));

/** `alike`: a confusable character; `sure`: one slip in a long word; `near`: one slip in a short one. */
type Slip = 'none' | 'alike' | 'sure' | 'near' | 'far';

const substitution = (typed: string, word: string): Slip => {
  const wrong = [...word].map((_, index) => index).filter((index) => typed.charAt(index) !== word.charAt(index));
  const [first = 0, second] = wrong;
  if (wrong.length === 0) return 'none';
  if (wrong.length === 1) {
    if (areAlike(typed.charAt(first), word.charAt(first))) return 'alike';
    return word.length >= 5 ? 'sure' : 'near';
  }
  const swapped =
    wrong.length === 2 &&
    second === first + 1 &&
    typed.charAt(first) === word.charAt(second) &&
    typed.charAt(second) === word.charAt(first);
  return swapped ? 'sure' : 'far';
};

/** True when `shorter` is `longer` less one character. */
const lacksOne = (shorter: string, longer: string): boolean =>
  [...longer].some((_, index) => longer.slice(0, index) + longer.slice(index + 1) === shorter);

/** How far a typed word is from a known one. */
const slip = (typed: string, word: string): Slip => {
  if (typed.length === word.length) return substitution(typed, word);
  if (word.length < 4 || Math.abs(typed.length - word.length) > 1) return 'far';
  return lacksOne(...(typed.length < word.length ? ([typed, word] as const) : ([word, typed] as const)))
    ? 'sure'
    : 'far';
};

type Correction<T> = { readonly value: T; readonly word: string; readonly length: number };
export type Guess<T> = { readonly sure: Correction<T> | null; readonly offers: readonly Correction<T>[] };

/** Known words that a place of the line may have meant: one sure correction, or offers. */
export const correct = <T>(line: string, position: number, known: readonly (readonly [string, T])[]): Guess<T> => {
  const found = known.flatMap(([word, value]) =>
    [word.length, word.length - 1, word.length + 1].flatMap((length) => {
      const typed = line.slice(position, position + length);
      const how = word.length < 3 || typed.length !== length || /[\s,;。]/.test(typed) ? 'far' : slip(typed, word);
      return how !== 'none' && how !== 'far' ? [{ how, value, word, length }] : [];
    }),
  );
  const alike = found.filter((one) => one.how === 'alike');
  const likely = alike.length > 0 ? alike : found;
  const [best] = likely.filter((one) => one.how !== 'near').sort((one, other) => other.length - one.length);
  return { sure: best && likely.every((one) => one.value === best.value) ? best : null, offers: found };
};
