import {
  acknowledge,
  type DutyRow,
  defineCommand,
  type Effect,
  type Facts,
  logged,
  noticeCard,
  type Readers,
  stepsOf,
} from '../src/kit.ts';

/** 知道了 skips the next step before the deadline and nothing else (design §5). */
const skipNext = (facts: Facts, duty: DutyRow): readonly Effect[] => {
  const { pack, calendar } = facts.rules;
  const policy = pack.policies.find((one) => one.id === duty.policy);
  const steps = stepsOf(pack.ladders[policy?.ladder ?? ''] ?? [], duty.deadline, duty.period, calendar);
  const skipped = acknowledge(steps, duty.deadline, duty.skipped, facts.today);
  if (skipped === duty.skipped) return [];
  return [
    { op: 'update', in: 'duties', id: duty._id, revision: duty.revision, set: { skipped }, ifStale: 'redo' },
    logged(facts, 'acknowledge', { collection: 'duties', id: duty._id }, { skipped: duty.skipped }, { skipped }),
  ];
};

const decide = async (facts: Facts, { duties }: Readers) => {
  const rows = facts.unit ? await duties.find(facts.about?.duties ?? []) : [];
  const own = rows.filter((duty) => duty.unit === facts.unit?.code && duty.met === null);
  return own.flatMap((duty) => skipNext(facts, duty));
};

const skippedText = '好的，截止前的下一次提醒先不发了。做完记得补一句。';
const nothingText = '好的。截止前没有可以省的提醒了。';

export default defineCommand({
  name: 'acknowledge',
  words: ['知道了', '收到', '好的', '明白', '了解'],
  intents: [],
  summary: '回复提醒：知道了，少提醒一次',
  example: '知道了',
  access: 'recorder',
  run: async (request, readers) => {
    const effects = await decide(request, readers);
    return { effects, card: noticeCard('知道了', effects.length > 0 ? skippedText : nothingText) };
  },
  actions: {
    acknowledge: {
      access: 'recorder',
      run: async (click, readers) => {
        const effects = await decide(click, readers);
        return {
          effects,
          card: null,
          toast: { type: 'success', content: effects.length > 0 ? skippedText : nothingText },
        };
      },
    },
  },
});
