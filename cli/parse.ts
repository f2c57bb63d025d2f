/** `npm run -s parse -- '<text>' …` and `--lines`: one line of Chinese to one JSON object (contracts §4). */
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type College, readCollege } from '../fixtures/college.ts';
import { loadCalendar } from '../src/calendar/index.ts';
import { parseUtterance, utteranceContext } from '../src/domain/utterance/index.ts';

const replyTo = z
  .string()
  .regex(/^[A-Z]+\/[A-Z0-9]+(?:\/[0-9A-Z-]+)?$/)
  .transform((text) => {
    const [kind = null, unit = null, period = null] = text.split('/');
    return { kind, unit, period };
  });
const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/)
  .transform((text) => text.slice(0, 16));
const setting = z.object({
  now: localTime.optional(),
  unit: z.string().optional(),
  sender: z.string().optional(),
  chat: z.enum(['group', 'private']).optional(),
  replyTo: replyTo.nullish(),
});
type Setting = z.infer<typeof setting>;
const row = setting.extend({ id: z.union([z.string(), z.number()]), text: z.string() });

const defaults = { now: '2026-11-24T10:00', unit: 'B0201' };
const calendar = loadCalendar();

const unitOf = (college: College, asked: Setting): string => {
  const person = college.organisation.people.find((one) => college.keyOf(one.openId) === asked.sender);
  return asked.unit ?? asked.replyTo?.unit ?? person?.unit ?? person?.posts[0]?.unit ?? defaults.unit;
};

const parse = (college: College, text: string, asked: Setting) => {
  const unit = unitOf(college, asked);
  const key = asked.sender ?? `${unit}.branchSecretary`;
  return parseUtterance(
    text,
    utteranceContext(college.organisation, {
      unit,
      calendar,
      now: asked.now ?? defaults.now,
      chat: asked.chat ?? 'group',
      sender: college.people.find((person) => person.key === key)?.name ?? null,
      replyTo: asked.replyTo ?? null,
    }),
  );
};

const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

const parseLines = async (college: College) => {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { id, text, ...asked } = row.parse(JSON.parse(line));
    print({ id, ...parse(college, text, asked) });
  }
};

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { now: text, unit: text, sender: text, chat: text, 'reply-to': text, lines: { type: 'boolean' } },
});
/** The world file lies beside the sources; compiled code runs two levels below. */
const worldFile = () =>
  fileURLToPath(
    new URL(
      import.meta.url.includes('/dist/') ? '../../fixtures/college.json' : '../fixtures/college.json',
      import.meta.url,
    ),
  );

const main = async () => {
  const asked = setting.parse({ ...values, replyTo: values['reply-to'] });
  const college = readCollege(worldFile());
  if (values.lines) return parseLines(college);
  print(parse(college, positionals.join(' '), asked));
};

main().catch((error: unknown) => {
  process.stderr.write(`parse: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof z.ZodError || error instanceof SyntaxError ? 64 : 1;
});
