/** Command words in front of a line, with or without a slash, full-width or misspelt. */
import { kindWords } from './rules-kind.ts';
import { correct } from './words.ts';

export type Command =
  | 'record'
  | 'plan'
  | 'status'
  | 'todo'
  | 'missing'
  | 'find'
  | 'help'
  | 'bind'
  | 'rectification'
  | 'report'
  | 'export'
  | 'draw'
  | 'declare'
  | 'undo'
  | 'correct'
  | 'snooze'
  | 'kind';

const table: readonly (readonly [Command, readonly string[]])[] = [
  ['record', ['记录', '提交', '补录', '补记', '登记']],
  ['plan', ['排期', '计划', '定日期', '安排']],
  ['status', ['状态', '进度']],
  ['todo', ['待办', '我还欠什么', '还欠什么', '欠什么', '还差什么']],
  ['missing', ['谁还没交', '谁没交']],
  ['find', ['查', '查询', '查找']],
  ['help', ['帮助', '怎么用', '使用说明', 'help', '?']],
  ['bind', ['绑定']],
  ['rectification', ['整改']],
  ['report', ['上报', '报送']],
  ['export', ['导出']],
  ['draw', ['抽查']],
  ['declare', ['最强']],
  ['undo', ['撤销', '撤回']],
  ['correct', ['更正', '修改', '改正']],
  ['snooze', ['推迟', '提醒']],
];
const words: readonly (readonly [string, Command])[] = [
  ...table.flatMap(([command, list]) => list.map((word) => [word, command] as const)),
  ...kindWords.map(([word]) => [word, 'kind'] as const),
].sort(([one], [other]) => other.length - one.length);
const long = words.filter(([word]) => word.length >= 3);
/** Two-character words are corrected only behind a slash, where nothing but a command can stand. */
const short = words.filter(([word]) => word.length === 2);

export type CommandLine = {
  readonly command: Command | null;
  readonly slash: boolean;
  /** What follows the command; for a kind, the kind's word is part of it. */
  readonly rest: string;
  /** For a word that may be a misspelt command. */
  readonly offers: readonly string[];
};

const slashed = /^[/\\]\s?/;
const ends = (line: string, at: number): boolean => at >= line.length || /[\s:,;。!?]/.test(line.charAt(at));
/** Words that also begin ordinary sentences count without a slash only when a separator follows. */
const standsAlone = (line: string, word: string): boolean => ends(line, word.length);

const corrected = (body: string): { readonly command: Command; readonly length: number } | null => {
  const { sure } = correct(body, 0, long);
  if (sure) return { command: sure.value, length: sure.length };
  const head = body.slice(0, 2);
  const near = ends(body, 2) ? short.filter(([word]) => oneAlike(head, word)) : [];
  return near.length === 1 && near[0] ? { command: near[0][1], length: 2 } : null;
};
const oneAlike = (typed: string, word: string): boolean =>
  correct(`${typed}。`, 0, [[`${word}。`, word]]).sure !== null;

const found = (command: Command, body: string, length: number, slash: boolean): CommandLine => ({
  command,
  slash,
  offers: [],
  rest: command === 'kind' ? body : body.slice(length).replace(/^[\s:,]+/, ''),
});

/** Splits a line into its command and the rest; without a command the rest is the whole line. */
export const commandOf = (line: string): CommandLine => {
  const slash = slashed.test(line);
  const body = line.replace(slashed, '');
  const exact = words.find(([word]) => body.startsWith(word) && (slash || standsAlone(body, word)));
  if (exact) return found(exact[1], body, exact[0].length, slash);
  const near = slash ? corrected(body) : null;
  if (near) return found(near.command, body, near.length, slash);
  return {
    command: null,
    slash,
    rest: body,
    offers: slash ? correct(body, 0, long).offers.map(({ word }) => word) : [],
  };
};
