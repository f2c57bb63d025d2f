/** What somebody new to the project might add, each as the edits it takes and what shows that it works. */
const pingCommand = `import { defineCommand, noticeCard } from '../src/kit.ts';

export default defineCommand({
  name: 'ping',
  words: ['在吗'],
  intents: [],
  summary: '看看我在不在',
  example: '/在吗',
  access: 'anyone',
  run: async () => ({ card: noticeCard('我在', '有事您说。') }),
});
`;

const pulseJob = `import { defineJob, type JobPorts } from '../src/kit.ts';

/** Says once a minute that jobs run. */
export default defineJob<JobPorts>({
  name: 'pulse',
  cron: '* * * * *',
  missed: { policy: 'skip' },
  overlap: 'skip',
  maxTries: 1,
  leaseSeconds: 15,
  run: async ({ log }) => log.info({ event: 'pulse' }, 'jobs run'),
});
`;

const visitKind = `  {
    ...plain,
    code: 'VISIT',
    name: '走访慰问',
    words: ['走访慰问'],
    body: 'members',
    period: 'year',
    counts: [...headcount, 'topics'],
    complete: [...meeting, 'topics', 'summary'],
    example: '/记录 走访慰问 11月20日15:00 敬老院 应到14实到14 看望老党员',
  },
`;

const groupPolicy = `
  - id: S7.1-PGM
    kind: PGM
    name: 党小组会
    cycle: month
    appliesTo: { levels: [branch, directBranch] }
    ladder: L_MONTHLY
    rule: BR-13
    basis: 支部工作条例第十三条 · 每月一次
    source: S7.1
`;

/** One more import, in its place by file name, and one more entry of the list. */
const listed = (index, name) => {
  const lines = index.split('\n');
  const imports = lines.filter((line) => /^import \w+ from '\.\/.+';$/.test(line));
  const first = lines.indexOf(imports[0]);
  const line = `import ${name} from './${name}.ts';`;
  const from = (one) => one.slice(one.indexOf("'"));
  lines.splice(first, imports.length, ...[...imports, line].sort((a, b) => (from(a) < from(b) ? -1 : 1)));
  return lines.join('\n').replace(/= \[(?=\w)/, `= [${name}, `);
};

export const additions = [
  {
    what: 'a command',
    name: 'ping',
    edits: (read) => [
      { path: 'commands/ping.ts', text: pingCommand },
      { path: 'commands/index.ts', text: listed(read('commands/index.ts'), 'ping') },
    ],
    works: async ({ say }) =>
      (await say('B0201.member.01', '/帮助')).includes('/在吗 看看我在不在') &&
      (await say('B0201.member.01', '/在吗')).includes('有事您说'),
  },
  {
    what: 'a job',
    name: 'pulse',
    edits: (read) => [
      { path: 'jobs/pulse.ts', text: pulseJob },
      { path: 'jobs/index.ts', text: listed(read('jobs/index.ts'), 'pulse') },
    ],
    works: async ({ advance, output }) => {
      const runs = () => output().split('"event":"pulse"').length - 1;
      const before = runs();
      await advance('PT3M');
      return runs() >= before + 3;
    },
  },
  {
    what: 'a kind of record',
    name: 'visit',
    edits: (read) => {
      const path = 'src/domain/record/kinds.ts';
      return [{ path, text: read(path).replace('export const kinds = [\n', `export const kinds = [\n${visitKind}`) }];
    },
    works: async ({ say }) =>
      (await say('B0202.branchSecretary', '/记录 走访慰问 11月19日15:00 敬老院 慰问活动 全到')).includes(
        '走访慰问已记下',
      ),
  },
  {
    what: 'a policy',
    name: 'groups',
    edits: (read) => {
      const path = 'policies/wuhua-xietong-2020.yaml';
      return [{ path, text: `${read(path).trimEnd()}\n${groupPolicy}` }];
    },
    works: async ({ say }) => (await say('B0202.branchSecretary', '/待办')).includes('11月党小组会'),
  },
];
