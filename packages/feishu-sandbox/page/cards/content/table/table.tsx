import { useState } from 'preact/hooks';
import { isObject, type Json, objects, text } from '../../../../src/cards/tree.ts';
import { each } from '../each.ts';
import { useLook } from '../look.ts';
import { Scroller } from '../scroller.tsx';
import { ground, known, marginOf, type Style, textPaint, textStyle } from '../style.ts';
import { CellContent } from './cell.tsx';
import { cellText, pageOf } from './format.ts';
import { Pager } from './pager.tsx';

const LOW = 40;
/** 0 = as high as what is in it. */
const HEIGHTS: Readonly<Record<string, number>> = { low: LOW, middle: 60, high: 80, auto: 0 };
const PADDING = 8;
const LINE = 22;
const DEFAULT_PAGE = 5;

/** `table`: a page of its rows, scrolling sideways when it is wider than the card. */
export function Table({ element }: { element: Json }) {
  const [wanted, setWanted] = useState(1);
  const columns = objects(element.columns);
  const size = typeof element.page_size === 'number' ? Math.max(1, element.page_size) : DEFAULT_PAGE;
  const { rows, page, pages } = pageOf(objects(element.rows), size, wanted);
  return (
    <div
      class={`data-table ${element.freeze_first_column === true ? 'frozen' : ''}`}
      style={{ ...marginOf(element), ...rowStyle(element) }}
    >
      <Scroller label="表格">
        <table>
          <Head columns={columns} header={isObject(element.header_style) ? element.header_style : {}} />
          <tbody>
            {each(rows, (row) => (
              <Row row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      </Scroller>
      {rows.length === 0 && <p class="quiet empty">没有数据</p>}
      {pages > 1 && <Pager page={page} pages={pages} onPage={setWanted} />}
    </div>
  );
}

/** How many lines of text go into a row: the rest of a longer one is cut off. */
function rowStyle({ row_height, row_max_height }: Json): Style {
  const height = HEIGHTS[text(row_height)] ?? pixels(row_height) ?? LOW;
  const most = height === 0 ? pixels(row_max_height) : height;
  return known({
    '--row': height === 0 ? undefined : `${height}px`,
    '--lines': most === undefined ? 'none' : String(Math.max(1, Math.floor((most - PADDING) / LINE))),
  });
}

function pixels(value: unknown): number | undefined {
  const [, digits] = /^(\d+)px$/.exec(text(value)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

const placeOf = ({ horizontal_align, vertical_align, data_type }: Json): string =>
  `${text(horizontal_align) || (data_type === 'number' ? 'right' : 'left')} ${text(vertical_align)}`;

function Head({ columns, header }: { columns: readonly Json[]; header: Json }) {
  const look = useLook();
  const back = ground(header.background_style, look);
  const paint = textPaint(header.text_color, look);
  const style = { ...textStyle(header, look), 'font-weight': header.bold === false ? '400' : '600' };
  return (
    <thead>
      <tr>
        {each(columns, (column) => (
          <th scope="col" class={`${placeOf(column)} ${back.class} ${paint.class}`} style={{ ...style, ...back.style }}>
            <span class={'--lines' in style ? 'clamped' : ''} style={known({ width: widthOf(column) })}>
              {text(column.display_name) || text(column.name)}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

const widthOf = ({ width }: Json): string | undefined => /^\d+(px|%)$/.exec(text(width))?.[0];

const Row = ({ row, columns }: { row: Json; columns: readonly Json[] }) => (
  <tr>
    {each(columns, (column) => (
      <td class={placeOf(column)}>
        <Cell value={row[text(column.name)]} column={column} />
      </td>
    ))}
  </tr>
);

/** Of a text that is longer than its row the rest is shown on hovering. */
const Cell = ({ value, column }: { value: unknown; column: Json }) => (
  <div
    class={`cell ${widthOf(column) ? 'sized' : ''}`}
    style={known({ width: widthOf(column) })}
    title={column.data_type === 'text' ? cellText(value) : undefined}
  >
    <CellContent value={value} column={column} />
  </div>
);
