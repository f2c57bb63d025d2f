import type { ComponentChild } from 'preact';
import { isObject, type Json, text } from '../../../../src/cards/tree.ts';
import { each } from '../each.ts';
import { PersonTag } from '../people.tsx';
import { tintOf } from '../style.ts';
import { LarkMarkdown, Markdown } from '../text.tsx';
import { cellText, dateText, numberText } from './format.ts';

type Draw = (value: unknown, column: Json) => ComponentChild;

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const options: Draw = (value) => (
  <span class="options">
    {each(listOf(value), (option) => (
      <span class={`tag ${tintOf(isObject(option) ? option.color : '') || 'tint-blue'}`}>{cellText(option)}</span>
    ))}
  </span>
);

const persons: Draw = (value) => (
  <span class="options">
    {each(listOf(value), (id) => (
      <PersonTag id={text(id)} avatar name size="extra_small" />
    ))}
  </span>
);

/** How a cell is drawn, by the `data_type` of its column. */
const CELLS: Readonly<Record<string, Draw>> = {
  text: cellText,
  lark_md: (value) => <LarkMarkdown source={cellText(value)} />,
  markdown: (value) => (
    <div class="markdown">
      <Markdown source={cellText(value)} />
    </div>
  ),
  number: (value, { format }) => numberText(value, format),
  date: (value, { date_format }) => dateText(value, date_format),
  options,
  persons,
};

export function CellContent({ value, column }: { value: unknown; column: Json }) {
  if (value === null || value === undefined || value === '') return <span class="quiet">—</span>;
  const draw = CELLS[text(column.data_type)] ?? cellText;
  return <>{draw(value, column)}</>;
}
