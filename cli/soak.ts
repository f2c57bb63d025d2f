import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The crash and concurrency suites with their full counts; the numbers go to docs/soak.json with date and commit. */
const full = { CRASH_ROUNDS: '20', CRASH_MESSAGES: '1000', CRASH_AWAY_MS: '30000' };
const counts = Object.fromEntries(Object.entries(full).map(([name, count]) => [name, process.env[name] ?? count]));

type Note = Readonly<Record<string, string | number>>;
type Sum = { runs: number; said: number; lost: number; doubled: number };

const add = (sum: Sum, note: Note): Sum => ({
  runs: sum.runs + 1,
  said: sum.said + Number(note.said ?? 0),
  lost: sum.lost + Number(note.lost ?? 0),
  doubled: sum.doubled + Number(note.doubled ?? 0),
});

/** One entry per suite, and per crash point. */
const summarise = (notes: readonly Note[]): Record<string, Sum> => {
  const sums: Record<string, Sum> = {};
  for (const note of notes) {
    const name = [note.suite, note.point ?? note.at].filter((part) => part !== undefined).join(' ');
    sums[name] = add(sums[name] ?? { runs: 0, said: 0, lost: 0, doubled: 0 }, note);
  }
  return sums;
};

const dir = mkdtempSync(join(tmpdir(), 'zhibu-soak-'));
const file = join(dir, 'notes.jsonl');
writeFileSync(file, '');
const startedAt = performance.now();
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.crash.config.ts'],
  { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...counts, SOAK_NOTES: file } },
);
const notes = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Note => JSON.parse(line));
rmSync(dir, { recursive: true });
const result = {
  at: new Date().toISOString(),
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  node: process.version,
  passed: status === 0,
  counts,
  seconds: Math.round((performance.now() - startedAt) / 1_000),
  suites: summarise(notes),
};
mkdirSync('docs', { recursive: true });
writeFileSync('docs/soak.json', `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = status === 0 ? 0 : 1;
