/** Words no rule claimed: a topic when they read like one, otherwise a question. Nothing is dropped in silence. */
import type { Vote } from '../record/fields.ts';
import type { Ask } from '../record/record.ts';
import type { Draft } from './draft.ts';
import { letters } from './names.ts';
import { placeInTopic } from './rules-place.ts';
import { splitTopics } from './rules-topic.ts';
import { isTopical } from './scan.ts';

const topicEnding =
  /(?:精神|条例|讲话|文件|报告|方案|意见|工作|教育|活动|学习|讨论|参观|誓词|党章|党规|党史|思想|会议|准则|办法|通知|计划|总结|发言|分享|交流|志愿服务|植树|慰问|宣讲|培训|实践|生活|评议|批评|选举|议案|决议|解读|》|分享会|座谈会|报告会|讲座|竞赛|比赛|演讲|朗诵|大扫除|义诊|劳动|仪式|观影|电影|纪录片)$/;
/** Words that carry nothing for a record. */
const noise =
  /^(?:.|大家.*|同志们?|今年|本月|这次|本次|党支部?|支部|我系|共计|合计|其中|左右|情况|如下|内容|发言|现在|补充|一下|同时|另外|然后|还有|并|以及|准时|顺利|圆满.*|按时.*|效果.*|完毕|特此.*|人)$/;

const visit = new RegExp(`^(${letters}{1,10}(?:馆|园|基地|旧址|故居|展览|陵园))(参观|参观学习)$`);
/** 党史馆参观 is 参观党史馆. */
const inOrder = (topic: string): string => topic.replace(visit, '$2$1').replace(/^通过(?=接收|推荐|选举)/, '');
const trimmed = (words: string): string => words.replace(/^[-:/().]+|[-:/(]+$/g, '').trim();

const readsAsTopic = (words: string): boolean => isTopical(words) || topicEnding.test(words) || words.includes('+');

const question = (words: string, afterTime: boolean, draft: Draft): Ask =>
  afterTime && draft.fields.place === null
    ? { field: 'place', why: 'unclear', options: [words] }
    : { field: 'topics', why: 'unclear', options: [words] };

const candidate = new RegExp(`(接收|讨论|选举)?(${letters}{2,4})(?:同志)?(?:为|转为|按期转正|转正|预备期)`);
const subjectOf = (topics: readonly string[]): string | null => {
  const topic = topics.find((one) => candidate.test(one)) ?? (topics.length === 1 ? topics[0] : undefined);
  return topic?.match(new RegExp(`接收${letters}{2,4}?(?=同志|为)`))?.[0] ?? topic ?? null;
};
const voteOf = (draft: Draft, topics: readonly string[]): readonly Vote[] =>
  draft.vote === null
    ? []
    : [
        {
          subject: subjectOf(topics),
          yes: draft.vote.yes ?? null,
          no: draft.vote.no ?? null,
          abstain: draft.vote.abstain ?? null,
        },
      ];

/** Puts free words where they belong, and the vote under its subject. */
export const settleFree = (draft: Draft): Draft => {
  const free = draft.free
    .map((one) => ({ ...one, words: trimmed(one.words) }))
    .filter(({ words }) => words !== '' && !noise.test(words));
  const topics = [
    ...draft.fields.topics,
    ...free.filter(({ words }) => readsAsTopic(words)).flatMap(({ words }) => splitTopics(words).map(inOrder)),
  ];
  const unknown = free
    .filter(({ words }) => !readsAsTopic(words))
    .map(({ words, afterTime }) => question(words, afterTime, draft));
  const fields = { ...draft.fields, topics, votes: voteOf(draft, topics) };
  const offered =
    fields.place === null && fields.onlineUrl === null ? topics.flatMap((topic) => placeInTopic(topic) ?? []) : [];
  const place: Ask[] = offered.length > 0 ? [{ field: 'place', why: 'unclear', options: offered }] : [];
  return { ...draft, fields, ask: [...draft.ask, ...unknown, ...place] };
};
