/** Card JSON 2.0 (feishu.md §4) from a short description; how a card looks is one table (voice.md). */
const looks = {
  duty: { tag: '提醒', color: 'blue' },
  overdue: { tag: '逾期', color: 'red' },
  escalation: { tag: '升级', color: 'carmine' },
  digest: { tag: '汇总', color: 'turquoise' },
  recorded: { tag: '已记录', color: 'green' },
  incomplete: { tag: '待补充', color: 'yellow' },
  review: { tag: '待审核', color: 'wathet' },
  returned: { tag: '已退回', color: 'orange' },
  meeting: { tag: '会议', color: 'purple' },
  help: { tag: '帮助', color: 'indigo' },
  notice: { tag: '提示', color: 'grey' },
} as const;
export type CardKind = keyof typeof looks;

export type Button = {
  readonly name: string;
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly confirm?: string;
};
export type Field =
  | {
      readonly type: 'text';
      readonly name: string;
      readonly label: string;
      readonly hint: string;
      readonly value?: string;
    }
  | { readonly type: 'moment'; readonly name: string; readonly label: string; readonly value?: string }
  | { readonly type: 'choice'; readonly name: string; readonly label: string; readonly options: readonly string[] };
export type Form = { readonly fields: readonly Field[]; readonly submit: Button };

/** A card as commands and jobs describe it; lines are markdown whose user text has been escaped. */
export type CardSpec = {
  readonly kind: CardKind;
  readonly title: string;
  readonly lines: readonly string[];
  readonly folded?: { readonly title: string; readonly lines: readonly string[] };
  readonly form?: Form;
  readonly buttons?: readonly Button[];
  readonly basis?: string;
};
export type CardJson = Readonly<Record<string, unknown>>;

/** A card holds 30 KB (feishu.md §4.2): long lines are cut, never inside an escaped character. */
const cut = (line: string, most = 600): string =>
  line.length <= most ? line : `${line.slice(0, most).replace(/(?:&#?\d*|[\uD800-\uDBFF])$/, '')}…`;
const foldedAtMost = 40;

const plain = (content: string) => ({ tag: 'plain_text', content });
const markdown = (content: string) => ({ tag: 'markdown', content: cut(content) });

const confirmOf = (text: string | undefined) =>
  text ? { confirm: { title: plain('请确认'), text: plain(text) } } : {};
const button = (spec: Button, index: number) => ({
  tag: 'button',
  name: spec.name,
  type: index === 0 ? 'primary_filled' : 'default',
  text: plain(spec.text),
  behaviors: [{ type: 'callback', value: spec.value }],
  ...confirmOf(spec.confirm),
});

const fieldJson = (field: Field): CardJson[] => {
  const common = { name: field.name, required: false, width: 'fill' };
  if (field.type === 'moment')
    return [
      markdown(field.label),
      {
        tag: 'picker_datetime',
        ...common,
        placeholder: plain('选择日期和时间'),
        ...(field.value ? { initial_datetime: field.value } : {}),
      },
    ];
  if (field.type === 'choice')
    return [
      markdown(field.label),
      {
        tag: 'select_static',
        ...common,
        placeholder: plain('请选择'),
        options: [...new Set(field.options)].map((value) => ({ text: plain(value), value })),
      },
    ];
  return [
    {
      tag: 'input',
      ...common,
      label: plain(field.label),
      placeholder: plain(field.hint),
      max_length: 500,
      ...(field.value ? { default_value: field.value.slice(0, 500) } : {}),
    },
  ];
};

const formJson = (form: Form) => ({
  tag: 'form',
  name: 'form',
  elements: [...form.fields.flatMap(fieldJson), { ...button(form.submit, 0), form_action_type: 'submit' }],
});

const foldedJson = ({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) => ({
  tag: 'collapsible_panel',
  expanded: false,
  header: { title: plain(title) },
  elements: [
    ...lines.slice(0, foldedAtMost).map(markdown),
    ...(lines.length > foldedAtMost ? [markdown(`另有${lines.length - foldedAtMost}件，发“/待办”可看各支部的。`)] : []),
  ],
});

const buttonsJson = (buttons: readonly Button[]) => ({
  tag: 'column_set',
  flex_mode: 'flow',
  columns: buttons.map((spec, index) => ({ tag: 'column', width: 'auto', elements: [button(spec, index)] })),
});

const foot = (basis: string | undefined, code: string) => ({
  tag: 'div',
  text: {
    ...plain([basis ? cut(`依据：${basis}`, 200) : null, `#${code}`].filter(Boolean).join(' · ')),
    text_size: 'notation',
    text_color: 'grey',
  },
});

/** A line without its markup, for the summary; what people wrote stays inert there too. */
const bare = (line: string): string =>
  line
    .replaceAll('**', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('<', '＜')
    .replaceAll('>', '＞');

/** The card, with the short code by which it can be found again at its foot. */
export const renderCard = (spec: CardSpec, code: string): CardJson => {
  const { tag, color } = looks[spec.kind];
  const summary = [spec.title, ...spec.lines.slice(0, 2).map(bare)].join('，').slice(0, 120);
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: summary } },
    header: {
      template: color,
      title: plain(spec.title),
      // A tag's grey is called neutral (feishu.md §4.1 names the headers').
      text_tag_list: [{ tag: 'text_tag', text: plain(tag), color: color === 'grey' ? 'neutral' : color }],
    },
    body: {
      elements: [
        ...spec.lines.map(markdown),
        ...(spec.folded ? [foldedJson(spec.folded)] : []),
        ...(spec.form ? [formJson(spec.form)] : []),
        ...(spec.buttons && spec.buttons.length > 0 ? [buttonsJson(spec.buttons)] : []),
        foot(spec.basis, code),
      ],
    },
  };
};
