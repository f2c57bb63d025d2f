import { isObject, type Json, objects, text } from '../../../../src/cards/tree.ts';

/** The card around has its own edge. */
const PADDING = { top: 4, right: 4, bottom: 4, left: 0 };

/** A spec as it is drawn: on the card's own ground, in the card's colours, its tooltip on the canvas and never as HTML. */
export function drawable(spec: Json, colours: readonly string[], fontFamily: string): Json {
  const tooltip = isObject(spec.tooltip) ? spec.tooltip : {};
  return {
    background: 'transparent',
    color: colours,
    padding: PADDING,
    ...structuredClone(spec),
    tooltip: { ...tooltip, renderMode: 'canvas' },
    ...(typeof spec.theme === 'string' ? {} : { theme: { fontFamily, ...(isObject(spec.theme) ? spec.theme : {}) } }),
  };
}

const KINDS: Readonly<Record<string, string>> = {
  line: '折线图',
  area: '面积图',
  bar: '柱状图',
  pie: '饼图',
  common: '组合图',
  funnel: '漏斗图',
  scatter: '散点图',
  radar: '雷达图',
  linearProgress: '进度条',
  circularProgress: '环形进度',
  wordCloud: '词云',
  gauge: '仪表图',
};
const MOST_VALUES = 24;

export const titleOf = (spec: Json): string =>
  isObject(spec.title) ? text(spec.title.text) : text(objects(spec.title)[0]?.text);

/** What a reader hears of a chart: its title, its kind and the values in it. */
export function description(spec: Json): string {
  const data = isObject(spec.data) ? [spec.data] : objects(spec.data);
  const rows = data.flatMap(({ values }) => objects(values));
  const values = rows.slice(0, MOST_VALUES).map((row) => Object.values(row).filter(isShort).join(' '));
  const more = rows.length > MOST_VALUES ? `，共${rows.length}项` : '';
  const head = [titleOf(spec), KINDS[text(spec.type)] ?? '图表'].filter(Boolean).join('，');
  return values.length === 0 ? head : `${head}：${values.join('；')}${more}`;
}

const isShort = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

const RATIOS: ReadonlySet<string> = new Set(['1:1', '2:1', '4:3', '16:9']);

/** How high a chart is: its own pixels, else by its ratio. */
export function chartBox({ aspect_ratio, height }: Json): Record<string, string> {
  const pixels = /^\d{1,3}px$/.exec(text(height))?.[0];
  const ratio = RATIOS.has(text(aspect_ratio)) ? text(aspect_ratio) : '16:9';
  return pixels ? { height: pixels } : { 'aspect-ratio': ratio.replace(':', ' / ') };
}
