import { describe, expect, it } from 'vitest';
import { chartBox, description, drawable } from '../../page/cards/content/chart/spec.ts';
import { momentText } from '../../page/cards/content/dates.ts';
import { boxStyle, ground, ownStyles, space, spaces, textPaint, textSize } from '../../page/cards/content/style.ts';
import { cellText, dateText, numberText, pageOf } from '../../page/cards/content/table/format.ts';
import { deviceUrl, webUrl } from '../../page/cards/content/url.ts';
import { patternText } from '../../page/core/time.ts';

const own = ownStyles({
  config: {
    style: {
      text_size: { mine: { default: 'normal', pc: 'x-large' } },
      color: { brick: { light_mode: 'rgba(178,72,40,1)', dark_mode: '#ffa082' } },
    },
  },
});

describe('sizes, spaces and colours', () => {
  it('reads lengths with and without px, and names', () => {
    expect([space('12px'), space('12'), space('large'), space('1em')]).toEqual(['12px', '12px', '12px', undefined]);
    expect([spaces('4px 0 12 -8px'), spaces('small'), spaces('1px url(x)')]).toEqual([
      '4px 0px 12px -8px',
      '4px',
      undefined,
    ]);
  });

  it('knows the sizes of the platform and those of the card', () => {
    expect([textSize('heading-1', own), textSize('mine', own), textSize('huge', own)]).toEqual([
      '24px',
      '18px',
      undefined,
    ]);
  });

  it('maps named colours to tints, and lets only colours through as colours', () => {
    expect(textPaint('red-500', own)).toEqual({ class: 'coloured tint-red', style: {} });
    expect(textPaint('grey', own)).toEqual({ class: 'greyed', style: {} });
    expect(textPaint('brick', own).style).toEqual({ color: 'light-dark(rgba(178,72,40,1), #ffa082)' });
    expect(ground('blue-50', own)).toEqual({ class: 'filled tint-blue', style: {} });
    expect(ground('url(https://example.org)', own)).toEqual({ class: '', style: {} });
  });

  it('aligns what is in a container along its direction', () => {
    expect(boxStyle({ horizontal_align: 'right', vertical_spacing: 'small' })).toEqual({
      'row-gap': '4px',
      'align-items': 'flex-end',
    });
    expect(boxStyle({ direction: 'horizontal', horizontal_align: 'right', vertical_align: 'center' })).toEqual({
      'align-items': 'center',
      'justify-content': 'flex-end',
    });
  });
});

describe('values in a table', () => {
  it.each([
    [1234.5, { precision: 2, symbol: '¥', separator: true }, '¥1,234.50'],
    [1234.5, {}, '1234.5'],
    [0.125, { precision: 0 }, '0'],
    ['三', {}, '三'],
  ])('%s with %o is %s', (value, format, expected) => {
    expect(numberText(value, format)).toBe(expected);
  });

  it('writes dates by the pattern of the column, in China', () => {
    const at = Date.parse('2026-11-20T17:30:00Z');
    expect(dateText(at, 'YYYY-MM-DD HH:mm')).toBe('2026-11-21 01:30');
    expect(dateText(at, undefined)).toBe('2026/11/21');
    expect(dateText('待定', undefined)).toBe('待定');
  });

  it('shows whatever else stands in a cell', () => {
    expect([cellText(null), cellText([{ text: '已记录' }, '补录']), cellText(false)]).toEqual([
      '',
      '已记录、补录',
      'false',
    ]);
  });

  it('turns pages, and stays on the last one when rows go away', () => {
    expect(pageOf([1, 2, 3, 4, 5], 2, 2)).toEqual({ rows: [3, 4], page: 2, pages: 3 });
    expect(pageOf([1, 2], 2, 3)).toEqual({ rows: [1, 2], page: 1, pages: 1 });
    expect(pageOf([], 5, 1)).toEqual({ rows: [], page: 1, pages: 1 });
  });
});

it.each([
  ['date_num', '2026-11-20'],
  ['date_short', '11月20日'],
  ['date', '2026年11月20日'],
  ['week', '星期五'],
  ['week_short', '周五'],
  ['time', '15:00'],
  ['time_sec', '15:00:07'],
  ['timezone', 'GMT+08:00'],
  ['another', '2026-11-20'],
])('a moment as %s is %s', (type, expected) => {
  expect(momentText(new Date('2026-11-20T07:00:07Z'), type)).toBe(expected);
});

it('writes midnight as 00:00', () => {
  expect(patternText(new Date('2026-11-19T16:00:00Z'), 'DD/MM/YYYY HH:mm:ss')).toBe('20/11/2026 00:00:00');
});

describe('charts', () => {
  const spec = {
    type: 'bar',
    title: { text: '每月会议' },
    data: {
      values: [
        { month: '10月', count: 3, ignored: null },
        { month: '11月', count: 4 },
      ],
    },
    tooltip: { renderMode: 'html', visible: true },
  };

  it('are drawn on the ground of the card, their tooltip never as HTML, and leave the spec alone', () => {
    const before = structuredClone(spec);
    const drawn = drawable(spec, ['#123456'], 'serif');
    expect(drawn).toMatchObject({
      background: 'transparent',
      color: ['#123456'],
      theme: { fontFamily: 'serif' },
      tooltip: { renderMode: 'canvas', visible: true },
    });
    expect(drawable({ ...spec, color: ['#000'] }, ['#123456'], 'serif').color).toEqual(['#000']);
    expect(spec).toEqual(before);
  });

  it('are read aloud with their kind and their values', () => {
    expect(description(spec)).toBe('每月会议，柱状图：10月 3；11月 4');
    expect(description({})).toBe('图表');
  });

  it('are as high as they say, else by their ratio', () => {
    expect(chartBox({ height: '200px', aspect_ratio: '1:1' })).toEqual({ height: '200px' });
    expect(chartBox({ height: 'auto', aspect_ratio: '4:3' })).toEqual({ 'aspect-ratio': '4 / 3' });
  });
});

it('opens only web addresses, a desktop’s before the others', () => {
  expect([webUrl('javascript:alert(1)'), webUrl('https://'), webUrl('//example.org'), webUrl(7)]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(deviceUrl({ url: 'https://example.org', pc_url: 'https://example.org/pc' })).toBe('https://example.org/pc');
});
