import type { CardComponent } from '../element.tsx';
import { Chart } from './chart/chart.tsx';
import { ColumnSet } from './columns.tsx';
import { Div, MarkdownElement, Rule } from './divs.tsx';
import { Img, ImgCombination } from './images.tsx';
import { Panel } from './panel.tsx';
import { Person, PersonList } from './people.tsx';
import { Table } from './table/table.tsx';

/** Components that show: tag → component. */
export const content: Readonly<Record<string, CardComponent>> = {
  markdown: MarkdownElement,
  div: Div,
  hr: Rule,
  column_set: ColumnSet,
  collapsible_panel: Panel,
  person: Person,
  person_list: PersonList,
  img: Img,
  img_combination: ImgCombination,
  table: Table,
  chart: Chart,
};
