/** `npm run -s accept -- slice [2 7 …]`: an issue's "Must show", point by point; one line each, exit 1 if any fails. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const vitest = 'node node_modules/vitest/vitest.mjs run';

/** Each issue's points in order; the command of point n stands at n - 1. */
const issues: Readonly<Record<string, readonly string[]>> = {
  slice: [
    'bash test/accept/fresh-clone.sh',
    `${vitest} test/slice`,
    `${vitest} test/http test/config.test.ts`,
    "npm run -s test:crash -- --exclude 'test/crash/two-bots.test.ts'",
    'npm run -s test:crash -- two-bots',
    'npm run -s bench -- ingress --check',
    'node test/accept/footprint.mjs',
    'node test/accept/who-to-change.mjs',
  ],
  sandbox: [
    'node test/accept/first-visit.mjs',
    "npm run -s test:browser -- --exclude '**/long-chat.test.ts'",
    'npm run -s screenshots',
    `${vitest} packages/feishu-sandbox/test/contract test/slice/faults`,
    'npm run -s test:browser -- long-chat',
    `${vitest} packages/feishu-sandbox/test/restart packages/feishu-sandbox/test/safety`,
  ],
};

/** Compiled code lies two levels below the root, the source one. */
const root = resolve(import.meta.dirname, import.meta.filename.endsWith('.js') ? '../..' : '..');

type Outcome = { readonly code: number | null; readonly said: string };

const run = (command: string): Promise<Outcome> =>
  new Promise((done) => {
    const child = spawn('bash', ['-c', command], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        parts.push(chunk.toString('utf8'));
        process.stderr.write(chunk);
      });
    child.once('error', (error) => done({ code: null, said: error.message }));
    child.once('close', (code) => done({ code, said: parts.join('') }));
  });

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const telling = /FAIL|rror|✗|×|not |missing/;
/** The first line that says what went wrong, or the last one that was said. */
const why = ({ code, said }: Outcome): string => {
  const lines = said
    .replace(colours, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('npm warn'));
  return `exit ${code}: ${lines.find((line) => telling.test(line)) ?? lines.at(-1) ?? 'nothing said'}`.slice(0, 300);
};

const main = async ([issue = '', ...chosen]: readonly string[]): Promise<number> => {
  const commands = issues[issue];
  if (!commands) {
    process.stderr.write(`usage: npm run -s accept -- ${Object.keys(issues).join('|')} [point …]\n`);
    return 64;
  }
  let failed = 0;
  for (const [index, command] of commands.entries()) {
    if (chosen.length > 0 && !chosen.includes(String(index + 1))) continue;
    const outcome = await run(command);
    if (outcome.code !== 0) failed += 1;
    process.stdout.write(`${issue}.${index + 1} ${outcome.code === 0 ? `ok ${command}` : `FAIL ${why(outcome)}`}\n`);
  }
  return failed === 0 ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));
