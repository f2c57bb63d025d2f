/** What it was about: 议题:1.… 2.…, 题目《…》, 议程, 内容. */
import { type Reading, unclear } from './reading.ts';
import type { Rule, Taken } from './scan.ts';

type ListField = 'topics' | 'agenda' | 'studyTopics';
const labels: readonly (readonly [string, ListField | 'summary'])[] = [
  ['会议议题|议题|主题(?!党日|党课|教育)|题目|课题|学习主题|活动主题|活动内容', 'topics'],
  ['会议议程|议程|流程', 'agenda'],
  ['学习内容|学习篇目|学习材料', 'studyTopics'],
  ['会议纪要|纪要|小结|发言要点|要点|内容|会议内容|主要内容', 'summary'],
];
/** Another field begins here, so a list or text ends before it. */
const next =
  '(?=\\n|$|[\\s,;。]+(?:应到|实到|缺(?!点|乏)|请假|主持|记录人|记录员|地点|时间|赞成|反对|弃权|全到|参加\\d|到会|听课|授课人|讲师|主讲|议题|议程|学习内容|内容:|纪要|小结|照片|附件))';
const marker = '(?:\\(?(?<!\\d)\\d{1,2}[.、)](?!\\d)|\\(?[一二三四五六七八九十]{1,2}[、)]|[一二三四五]是)';
const opening = (words: string): RegExp =>
  new RegExp(`(?:${words})(?:有|是|为)?(?::\\s?|(?=《)|\\s(?=${marker}))`, 'y');
const numbered = new RegExp(`[\\s,;。、]*${marker}\\s?(.+?)(?=[\\s,;。、]*${marker}|[;。]|${next.slice(3)}`, 'y');
const phrase = new RegExp(`\\s?(《[^《》]{1,60}》|[^\\s,;。《》][^,;。\\n]*?)(?=[\\s,;。]|${next.slice(3)}`, 'y');
const sentence = new RegExp(`\\s?(.{1,2000}?)(?:${next})`, 'y');

const at = (pattern: RegExp, line: string, position: number): RegExpExecArray | null => {
  pattern.lastIndex = position;
  return pattern.exec(line);
};
const bare = (text: string): string => text.trim().replace(/^《([^《》]+)》$/, '$1');

/** The items of a numbered list, wherever the line breaks are. */
const items = (line: string, start: number): { readonly list: readonly string[]; readonly end: number } => {
  const list: string[] = [];
  let end = start;
  for (let match = at(numbered, line, end); match; match = at(numbered, line, end)) {
    list.push(bare(match[1] ?? ''));
    end = numbered.lastIndex;
  }
  return { list, end };
};

const contents = (line: string, position: number): { readonly list: readonly string[]; readonly end: number } => {
  const found = items(line, position);
  if (found.list.length > 0) return found;
  const match = at(phrase, line, position);
  return match ? { list: splitTopics(match[1] ?? ''), end: phrase.lastIndex } : { list: [], end: position };
};

/** `A+B` are two topics; so is `《X》`'s title one. */
export const splitTopics = (text: string): readonly string[] =>
  text
    .split('+')
    .map(bare)
    .filter((topic) => topic !== '');

const labelled = labels.map(([words, field]): Rule => {
  const pattern = opening(words);
  return {
    at: 'any',
    take: (line, position): Taken | null => {
      const open = at(pattern, line, position);
      if (!open) return null;
      const start = position + open[0].length;
      if (field === 'summary') return summaryAt(line, position, start);
      const { list, end } = contents(line, start);
      const reading: Reading = list.length > 0 ? { [field]: list } : unclear(field);
      return { reading, length: Math.max(end, start) - position };
    },
  };
});

function summaryAt(line: string, position: number, start: number): Taken | null {
  const match = at(sentence, line, start);
  const summary = match?.[1]?.trim();
  return summary ? { reading: { set: { summary } }, length: sentence.lastIndex - position } : null;
}

/** A numbered list needs no label. */
const unlabelled: Rule = {
  at: 'edge',
  take: (line, position) => {
    const { list, end } = items(line, position);
    return list.length > 0 ? { reading: { topics: list }, length: end - position } : null;
  },
};

export const topicRules: readonly Rule[] = [...labelled, unlabelled];
