import { fieldsOf, initialValue, isEmpty } from '../../../src/cards/form.ts';
import { type Json, tagOf, text } from '../../../src/cards/tree.ts';

/** What stands in the fields of a card: name → value, in the form in which the control API takes it. */
export type Values = Readonly<Record<string, unknown>>;

/** What a field holds: what a person put there, else what the card says. */
export const valueOf = (field: Json, name: string, typed: Values): unknown => typed[name] ?? initialValue(field);

/** The values of all fields of a form. */
export const collect = (form: Json, typed: Values): Json =>
  Object.fromEntries(
    fieldsOf(form).map((field) => [text(field.name), valueOf(field, text(field.name), typed)] as const),
  );

const ASKS: Readonly<Record<string, string>> = { input: '请填写', checker: '请勾选' };

/** Why a form cannot be sent yet: field → what to do, in the order of the fields; `halfTyped` names dates without an end. */
export function problemsOf(form: Json, typed: Values, halfTyped: readonly string[]): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const field of fieldsOf(form)) {
    const name = text(field.name);
    const missing = field.required === true && isEmpty(valueOf(field, name, typed));
    if (halfTyped.includes(name)) problems[name] = '请填完整';
    else if (missing) problems[name] = ASKS[tagOf(field)] ?? '请选择';
  }
  return problems;
}

/** What a field is called: its label, its text, its placeholder, or at worst its name. */
export const captionOf = (field: Json, show: (value: unknown) => string): string =>
  [show(field.label), show(field.text), show(field.placeholder), text(field.name), '选项'].find((one) => one !== '') ??
  '';

/** The one line under a form that says what keeps it from being sent: "还有2项没填好：活动名称、日期". */
export function summaryOf(form: Json, problems: Values, show: (value: unknown) => string): string {
  const unfinished = fieldsOf(form).filter((field) => text(field.name) in problems);
  const subjects = unfinished.map((field) => subjectOf(field, show)).filter((subject) => subject !== '');
  const which = subjects.length === 0 ? '' : `：${subjects.join('、')}`;
  return unfinished.length === 0 ? '' : `还有${unfinished.length}项没填好${which}`;
}

/** What a field is about: "日期" of the placeholder "请选择日期". */
const subjectOf = (field: Json, show: (value: unknown) => string): string =>
  show(field.label) || show(field.text) || show(field.placeholder).replace(/^请?(选择|选|填写|填|输入|写)/, '');

export const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** The list without this value if it was in it, else with it. */
export const toggled = (chosen: readonly string[], value: string): readonly string[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];

/** From here on a person is shown how much room is left. */
const NEAR = 0.8;

/** "96/120" once a text comes near its greatest length, else ''. */
export function roomLeft(written: string, longest: unknown): string {
  const most = typeof longest === 'number' ? longest : 1000;
  const length = [...written].length;
  return length >= most * NEAR ? `${length}/${most}` : '';
}

export const initialText = (field: Json): string => text(initialValue(field));
