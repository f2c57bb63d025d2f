import { describe, expect, it } from 'vitest';
import { parseInline, parseMarkdown } from '../../page/cards/content/markdown/parse.ts';
import { type Block, type Inline, plainText } from '../../page/cards/content/markdown/tree.ts';

const text = (words: string): Inline => ({ type: 'text', text: words });
const strong = (...children: Inline[]): Inline => ({ type: 'strong', children });
const line = (...children: Inline[]): Block => ({ type: 'paragraph', children });
const link = (url: string, ...children: Inline[]): Inline => ({ type: 'link', url, icon: '', children });
const font = (colour: string, ...children: Inline[]): Inline => ({ type: 'font', colour, children });
const mention = (...ids: string[]): Inline => ({ type: 'mention', ids });

describe('blocks', () => {
  it('breaks lines at newlines and paragraphs at empty lines', () => {
    expect(parseMarkdown('a\nb\n\nc')).toEqual([line(text('a'), { type: 'break' }, text('b')), line(text('c'))]);
  });

  it('knows headings, quotes, rules and code', () => {
    expect(parseMarkdown('## 会议\n---\n> 引文\n\n```js\nlet a = "<at id=all></at>";\n```')).toEqual([
      { type: 'heading', level: 2, children: [text('会议')] },
      { type: 'rule' },
      { type: 'quote', blocks: [line(text('引文'))] },
      { type: 'code', language: 'js', text: 'let a = "<at id=all></at>";' },
    ]);
  });

  it('takes a line of dashes below text for a rule, not for a heading', () => {
    expect(parseMarkdown('上\n---\n下')).toEqual([line(text('上')), { type: 'rule' }, line(text('下'))]);
  });

  it('nests lists, and numbers them from where they start', () => {
    expect(parseMarkdown('- a\n    - b\n\n3. c')).toEqual([
      {
        type: 'list',
        start: null,
        items: [[line(text('a')), { type: 'list', start: null, items: [[line(text('b'))]] }]],
      },
      { type: 'list', start: 3, items: [[line(text('c'))]] },
    ]);
  });

  it('keeps the boxes of tasks as text, which Feishu does not tick', () => {
    expect(parseMarkdown('- [x] 已交')).toEqual([
      { type: 'list', start: null, items: [[line(text('[x] '), text('已交'))]] },
    ]);
  });

  it('reads tables with alignment and tags in their cells', () => {
    expect(parseMarkdown('| 支部 | 到会 |\n|---|--:|\n| **一** | <at id=ou_a></at> |')).toEqual([
      {
        type: 'table',
        align: [null, 'right'],
        header: [[text('支部')], [text('到会')]],
        rows: [[[strong(text('一'))], [mention('ou_a')]]],
      },
    ]);
  });

  it('takes neither an indented line nor a tag at the start of one for a block', () => {
    expect(parseMarkdown('    缩进')).toEqual([line(text('    缩进'))]);
    expect(parseMarkdown("<link url='https://example.org'>去</link>\n**下一行**")).toEqual([
      line(link('https://example.org', text('去')), { type: 'break' }, strong(text('下一行'))),
    ]);
  });
});

describe('within a line', () => {
  it.each([
    ['**时间：**15:00', [strong(text('时间：')), text('15:00')]],
    ['缺**3**项', [text('缺'), strong(text('3')), text('项')]],
    ['*斜*与~~删~~', [{ type: 'em', children: [text('斜')] }, text('与'), { type: 'strike', children: [text('删')] }]],
    ['3~5天，6~8天', [text('3~5天，6~8天')]],
    ['`**不** &#60;`', [{ type: 'code', text: '**不** &#60;' }]],
    ['1 < 2，<姓名>', [text('1 < 2，<姓名>')]],
    ['![照片](img_v3_a_b)', [{ type: 'image', key: 'img_v3_a_b', hover: '照片' }]],
    ['12:30:45 :WHAT: :DONE:', [text('12:30:45 '), text(':WHAT:'), text(' '), { type: 'emoji', label: '完成' }]],
  ])('%s', (source, expected) => {
    expect(parseInline(source)).toEqual(expected);
  });

  it('nests tags and marks in one another', () => {
    expect(parseInline("**<font color='red'>急</font>**")).toEqual([strong(font('red', text('急')))]);
    expect(parseInline('<font color=green>[看](https://example.org) <font color="grey">灰</font></font>')).toEqual([
      font('green', link('https://example.org', text('看')), text(' '), font('grey', text('灰'))),
    ]);
    expect(parseMarkdown('- 请 <at id=ou_a></at> 补')).toEqual([
      { type: 'list', start: null, items: [[line(text('请 '), mention('ou_a'), text(' 补'))]] },
    ]);
  });

  it.each([
    ['<at ids=ou_a,ou_b></at>', mention('ou_a', 'ou_b')],
    ['<at email=li@example.org></at>', mention('li@example.org')],
    ['<at id=all></at>', mention('all')],
    [
      "<person id='ou_a' show_name=true show_avatar=false style='capsule'></person>",
      { type: 'person', id: 'ou_a', name: true, avatar: false, capsule: true },
    ],
    ["<text_tag color='blue'>提醒</text_tag>", { type: 'tag', colour: 'blue', children: [text('提醒')] }],
    [
      "<link icon='chat_outlined' url='https://example.org/a?b=1&amp;c=2'>讨论</link>",
      { type: 'link', url: 'https://example.org/a?b=1&c=2', icon: 'chat_outlined', children: [text('讨论')] },
    ],
    [
      "<number_tag background_color='red' url='https://example.org'>3</number_tag>",
      { type: 'number', text: '3', background: 'red', url: 'https://example.org' },
    ],
    [
      "<local_datetime millisecond='1795158000000' format_type='week'></local_datetime>",
      { type: 'datetime', at: 1795158000000, format: 'week', url: null },
    ],
  ])('%s', (source, expected) => {
    expect(parseInline(source)).toEqual([expected]);
  });

  it('drops unknown and unfinished tags and keeps their text', () => {
    expect(plainText(parseInline('<b>粗</b><font color=red>红</u><script>x</script><!-- y -->'), String)).toBe('粗红x');
  });

  it('links addresses that are written out, up to where Chinese goes on', () => {
    expect(parseInline('见https://example.org/a?b=1。然后')).toEqual([
      text('见'),
      link('https://example.org/a?b=1', text('https://example.org/a?b=1')),
      text('。然后'),
    ]);
  });

  it('opens nothing but web pages', () => {
    expect(parseInline('[a](javascript:alert) [b](java&#115;cript:alert) <a href="data:text/html,x">c</a>')).toEqual([
      text('a'),
      text(' '),
      text('b'),
      text(' '),
      text('c'),
    ]);
  });
});

it('gives the words alone, with names', () => {
  const nodes = parseInline('**请** <at ids=ou_a,ou_b></at>\n[看](https://example.org) :OK:');
  expect(plainText(nodes, (id) => (id === 'ou_a' ? '王辛' : id))).toBe('请 @王辛 @ou_b\n看 OK');
});
