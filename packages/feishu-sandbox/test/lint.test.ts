import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CardFault, lintCard } from '../src/cards/lint.ts';
import { bar, cardOf, chart, columns, FRAME, form, LEGAL, markdown, panel, submit, table } from './legal-cards.ts';

const known = { image: (key: string) => key === 'img_own', person: (id: string) => id === 'ou_own' };
const lint = (card: string): CardFault | null => lintCard(card, known);
const IN_FORM_ONLY = /^multi_/;
const around = (tag: string, element: object): object[] =>
  IN_FORM_ONLY.test(tag) ? [form([element, submit])] : [element];
const TAGS = Object.keys(LEGAL);
const plain = (content: string): object => ({ tag: 'plain_text', content });

describe('what is legal passes', () => {
  test.each(TAGS)('%s with all its properties, and with the fewest', (tag) => {
    expect(lint(cardOf(around(tag, LEGAL[tag] ?? {})))).toBeNull();
  });

  test('all around the elements, and a card of nothing at all', () => {
    expect(lint(JSON.stringify(FRAME))).toBeNull();
    expect(lint('{"schema":"2.0"}')).toBeNull();
  });

  test('every field inside a form, every component in columns and panels as far as they may stand there', () => {
    const fields = Object.values(LEGAL).filter(({ tag, name }) => name !== undefined && tag !== 'form');
    expect(lint(cardOf([form([...fields, submit])]))).toBeNull();
    const apart = ['form', 'table', 'column'];
    const inner = TAGS.filter((tag) => !apart.includes(tag) && !IN_FORM_ONLY.test(tag)).map((tag) => LEGAL[tag] ?? {});
    expect(lint(cardOf([columns([panel(inner)])]))).toBeNull();
  });

  test.each([
    ['code that looks like a picture or a person', '`![x](y)`\n```\n![x](y) <at id=ou_no></at>\n```'],
    ['everybody', '<at id=all></at>'],
    ['escaped', '&#60;at id=ou_no>&#60;/at>'],
    ['five tables', '| a | b |\n|---|:-:|\n| 1 | 2 |\n\n'.repeat(5)],
  ])('markdown: %s', (_what, content) => {
    expect(lint(cardOf([{ ...markdown, content }]))).toBeNull();
  });

  test('two hundred elements, five tables, five levels', () => {
    expect(lint(cardOf(Array.from({ length: 200 }, () => ({ tag: 'hr' }))))).toBeNull();
    expect(lint(cardOf(Array.from({ length: 5 }, () => table())))).toBeNull();
    expect(lint(cardOf([deep(5)]))).toBeNull();
  });
});

/** Columns in columns; the innermost holds a line. */
const deep = (levels: number): object => columns([levels === 1 ? { tag: 'hr' } : deep(levels - 1)]);

/** Every object of a card with the way to it, save what belongs to the card's owner or to a chart. */
function* objectsIn(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield path;
  const opaque = ['chart_spec', 'value', 'rows', 'i18n_content', 'i18n_img_key', 'i18n_text_tag_list', 'style'];
  for (const [key, inner] of Object.entries(value)) {
    const named = !Array.isArray(value) && opaque.includes(key);
    if (!named) yield* objectsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function withProperty(value: unknown, [step, ...rest]: (string | number)[], name: string): unknown {
  if (step === undefined) return { ...(value as object), [name]: 1 };
  if (Array.isArray(value)) return value.map((one, at) => (at === step ? withProperty(one, rest, name) : one));
  const record = value as Record<string, unknown>;
  return { ...record, [step]: withProperty(record[step], rest, name) };
}

describe('what 2.0 does not know is an error', () => {
  const places = TAGS.filter((tag) => tag !== 'column').flatMap((tag) => {
    const card = JSON.parse(cardOf(around(tag, LEGAL[tag] ?? {})));
    return [...objectsIn(card)].map((path) => ({ tag, card, path }));
  });
  const frame = [...objectsIn(FRAME)].map((path) => ({ tag: 'ROOT', card: FRAME, path }));

  test('anywhere in any component, and around them, under any name', () => {
    const name = fc.string({ minLength: 1, maxLength: 20 }).map((tail) => `x_${tail}`);
    fc.assert(
      fc.property(fc.constantFrom(...places, ...frame), name, ({ card, path }, property) => {
        const found = lint(JSON.stringify(withProperty(card, path, property)));
        expect(found).toMatchObject({ code: 200621 });
        expect(found?.message).toContain(`unknown property, property: ${property}, path: ROOT`);
      }),
      { numRuns: 1500 },
    );
  });

  test('the message names the component, the property and the way to it', () => {
    const div = { tag: 'div', text: { tag: 'plain_text', content: 'x', text_weight: 'bold' } };
    expect(lint(cardOf([{ tag: 'hr' }, panel([div])]))?.message).toBe(
      'unknown property, property: text_weight, path: ROOT -> body -> elements -> [1](tag: collapsible_panel) -> elements -> [0](tag: div) -> text',
    );
  });

  test.each([
    ['markdown', 'text_color'],
    ['markdown', 'href'],
    ['input', 'icon'],
    ['input', 'multiline'],
    ['select_static', 'label'],
    ['button', 'horizontal_align'],
    ['column_set', 'corner_radius'],
    ['div', 'elements'],
  ])('as bots have met it: %s.%s', (tag, property) => {
    expect(lint(cardOf(around(tag, { ...LEGAL[tag], [property]: {} })))?.message).toContain(`property: ${property},`);
  });
});

const input = { tag: 'input', name: 'a' };
const button = (more: object): object => ({ tag: 'button', text: plain('好'), ...more });
const select = (options: object[]): object => ({ tag: 'select_static', name: 's', options });
const header = (more: object): string => cardOf([], { header: { title: plain('题'), ...more } });
const tags = (count: number): object[] => Array.from({ length: count }, () => ({ tag: 'text_tag', text: plain('一') }));
const rows = (...items: unknown[]): string => cardOf([table({ rows: items })]);

describe('other faults', () => {
  const cases: [string, string, number, string][] = [
    ['no JSON', '{', 200621, 'parse card json err'],
    ['no object', '[]', 200621, 'parse card json err'],
    ['no schema', '{"body":{"elements":[]}}', 200621, 'schema'],
    ['a template', '{"type":"template","data":{}}', 200380, 'template'],
    ['elements at the root', '{"schema":"2.0","elements":[]}', 200621, 'property: elements'],
    ['another language for all', '{"schema":"2.0","i18n_elements":{}}', 200621, 'property: i18n_elements'],
    ['a card for one alone', cardOf([], { config: { update_multi: false } }), 200621, 'only true'],
    ['an element that is none', cardOf(['x']), 200621, 'elements -> [0]'],
    ['an unknown tag', cardOf([{ tag: 'marquee' }]), 200861, 'unsupported tag marquee'],
    ['a note, of 1.0', cardOf([{ tag: 'note', elements: [] }]), 200861, 'unsupported tag note'],
    ['an action, of 1.0', cardOf([panel([{ tag: 'action', actions: [] }])]), 200861, 'unsupported tag action'],
    ['a picture across the card', cardOf([{ ...LEGAL.img, size: 'stretch_without_padding' }]), 200861, 'stretch'],
    ['a column on its own', cardOf([{ tag: 'column' }]), 200861, 'unsupported tag column'],
    ['a column set without columns', cardOf([{ tag: 'column_set', columns: [markdown] }]), 200861, 'tag markdown'],
    ['a table in a form', cardOf([form([table(), submit])]), 200621, 'table is allowed directly under body only'],
    ['a table in a column', cardOf([columns([table()])]), 200621, 'table is allowed directly under body only'],
    ['a form in a panel', cardOf([panel([form([submit])])]), 200621, 'form is allowed directly under body only'],
    ['a form in a form', cardOf([form([form([submit]), submit])]), 200621, 'form is allowed directly under body only'],
    ['six tables', cardOf(Array.from({ length: 6 }, () => table())), 11310, 'card table number over limit'],
    [
      'six tables, some in markdown',
      cardOf([table(), { ...markdown, content: '|a|b|\n|-|-|\n\n'.repeat(5) }]),
      11310,
      'table',
    ],
    ['201 elements', cardOf(Array.from({ length: 201 }, () => ({ tag: 'hr' }))), 11310, 'element exceeds the limit'],
    ['201 elements, texts counted', cardOf(Array.from({ length: 101 }, () => button({}))), 11310, '202 of 200'],
    ['six levels', cardOf([deep(6)]), 11310, 'nested more than 5 deep'],
    ['no submit button', cardOf([form([input])]), 200530, 'there is no submit button in the form container'],
    ['a field without a name', cardOf([form([{ tag: 'input' }, submit])]), 200530, 'name is empty'],
    ['a field with an empty name', cardOf([form([{ ...input, name: '' }, submit])]), 200530, 'name is empty'],
    ['a form without a name', cardOf([form([submit], { name: undefined })]), 200530, 'name is empty'],
    ['one name twice', cardOf([form([input, input, submit])]), 11310, 'name(a) duplicate'],
    [
      'one name twice, outside a form',
      cardOf([button({ name: 'b' }), button({ name: 'b' })]),
      11310,
      'name(b) duplicate',
    ],
    ['a submit button outside a form', cardOf([submit]), 200621, 'only in form'],
    ['several choices outside a form', cardOf([LEGAL.multi_select_static]), 200621, 'only in form'],
    ['several pictures outside a form', cardOf([{ ...LEGAL.select_img, multi_select: true }]), 200621, 'only in form'],
    [
      'one element_id twice',
      cardOf([
        { tag: 'hr', element_id: 'a' },
        { tag: 'hr', element_id: 'a' },
      ]),
      200621,
      'element_id(a)',
    ],
    ['an odd element_id', cardOf([{ tag: 'hr', element_id: '1a' }]), 200621, 'element_id(1a) is malformed'],
    ['a long element_id', cardOf([{ tag: 'hr', element_id: 'a'.repeat(21) }]), 200621, 'is malformed'],
    ['no title', cardOf([], { header: { template: 'blue' } }), 200621, 'header -> title'],
    ['a title that says nothing', cardOf([], { header: { title: { tag: 'plain_text' } } }), 200621, 'has no content'],
    ['an unknown colour', header({ template: 'pink' }), 200621, 'header -> template'],
    ['four tags', header({ text_tag_list: tags(4) }), 200621, 'more than 3 tags'],
    ['markdown without content', cardOf([{ tag: 'markdown' }]), 200621, 'has no content'],
    ['a long button', cardOf([{ tag: 'button', text: plain('长'.repeat(101)) }]), 200621, 'more than 100 characters'],
    ['a long hint', cardOf([{ tag: 'date_picker', placeholder: plain('长'.repeat(101)) }]), 200621, 'more than 100'],
    ['an unknown type of button', cardOf([button({ type: 'big' })]), 200621, 'type'],
    ['an unknown behaviour', cardOf([button({ behaviors: [{ type: 'dance' }] })]), 200621, 'behaviors'],
    ['an input of 1001 characters', cardOf([{ ...input, max_length: 1001 }]), 200621, 'max_length'],
    ['an input of none', cardOf([{ ...input, max_length: 0 }]), 200621, 'max_length'],
    ['a picker with nothing to show', cardOf([{ tag: 'picker_datetime', name: 'p' }]), 200621, 'needs a placeholder'],
    [
      'a moment of another form',
      cardOf([{ tag: 'picker_datetime', initial_datetime: '20日' }]),
      200621,
      'initial_datetime',
    ],
    ['an option without a value', cardOf([select([{ text: plain('一') }])]), 200621, 'options -> [0] -> value'],
    ['an option without a text', cardOf([select([{ value: '1' }])]), 200621, 'options -> [0] -> text'],
    [
      'one value twice',
      cardOf([
        select([
          { text: plain('一'), value: '1' },
          { text: plain('二'), value: '1' },
        ]),
      ]),
      ...([200621, 'two options have one value'] as const),
    ],
    [
      'an option object as the first',
      cardOf([{ ...select([]), initial_option: { value: '1' } }]),
      200621,
      'initial_option',
    ],
    [
      'four buttons by a checker',
      cardOf([{ tag: 'checker', button_area: { buttons: Array(4).fill(button({})) } }]),
      200621,
      'buttons',
    ],
    ['a chart without a spec', cardOf([{ tag: 'chart' }]), 200550, 'chart spec is invalid'],
    ['a spec that is none', cardOf([chart('bar')]), 200550, 'chart spec is invalid'],
    ['a chart of no kind', cardOf([chart({ ...bar, type: 'cake' })]), 200550, '"cake" is no chart'],
    ['a chart without data', cardOf([chart({ type: 'bar' })]), 200550, 'data: Invalid type'],
    ['axes that are no list', cardOf([chart({ ...bar, axes: null })]), 200550, 'axes: Invalid type. Expected: array'],
    ['a picture nobody uploaded', cardOf([{ tag: 'img', img_key: 'img_no' }]), 200570, 'image key img_no'],
    [
      'an icon nobody uploaded',
      header({ icon: { tag: 'custom_icon', img_key: 'img_no' } }),
      200570,
      'image key img_no',
    ],
    ['a picture in markdown', cardOf([{ ...markdown, content: '![x](https://a.example/x.png)' }]), 200570, 'https://a'],
    ['a person who does not exist', cardOf([{ tag: 'person', user_id: 'ou_no' }]), 100290, 'ou_no'],
    ['one of a list', cardOf([{ tag: 'person_list', persons: [{ id: 'ou_own' }, { id: 'ou_no' }] }]), 100290, 'ou_no'],
    ['one in markdown', cardOf([{ ...markdown, content: "<at ids='ou_own,ou_no'></at>" }]), 100290, 'ou_no'],
    ['a cell of a column that is not there', rows({ n: 1 }, { m: 1 }), 200915, 'row 1 has m'],
    ['a number that is none', rows({ n: '1' }), 200914, 'row 0, n holds no number'],
    ['a row that is none', rows('x'), 200914, 'table rows is invalid'],
    ['no rows', cardOf([table({ rows: undefined })]), 200914, 'table rows is invalid'],
    ['no columns', cardOf([table({ columns: [], rows: [] })]), 200621, 'columns'],
  ];

  test.each(cases)('%s', (_what, card, code, words) => {
    const found = lint(card);
    expect(found?.message).toContain(words);
    expect(found?.code).toBe(code);
  });

  test('people who do not exist may be left out of a list when the card says so', () => {
    const list = { tag: 'person_list', drop_invalid_user_id: true, persons: [{ id: 'ou_no' }] };
    expect(lint(cardOf([list]))).toBeNull();
  });

  test('without knowledge of pictures and people anything goes', () => {
    expect(
      lintCard(
        cardOf([
          { tag: 'img', img_key: 'img_no' },
          { tag: 'person', user_id: 'ou_no' },
        ]),
      ),
    ).toBeNull();
  });

  test('a card as deep as 30 KB allow is looked through without harm', () => {
    const nested = '{"tag":"form","elements":['.repeat(1000) + ']}'.repeat(1000);
    expect(lint(`{"schema":"2.0","body":{"elements":[${nested}]}}`)).toMatchObject({ code: 11310 });
    expect(lint(`{"schema":"2.0","body":${'['.repeat(15_000)}${']'.repeat(15_000)}}`)).toMatchObject({ code: 200621 });
  });
});
