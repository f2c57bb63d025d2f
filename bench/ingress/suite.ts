import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Report, rounded, type Suite } from '../report.ts';
import { type Case, cases } from './app.ts';
import { prepareRequests } from './events.ts';
import { loadAtRate, loadFully, type Round } from './load.ts';

const ROUNDS = 3;
const WARM_UP = 2_000;
// More than the fastest case takes in a second here; a round ends early rather than send an event twice.
const PER_SECOND = 13_000;
const ready = z.object({ port: z.number() });

/** The intake against the SDK's and against bare Koa: what verification costs, and what durability costs. */
export const ingress: Suite = async ({ seconds, report }) => {
  const requests = prepareRequests(WARM_UP + Math.ceil(seconds * PER_SECOND));
  const rounds = new Map<Case, Round[]>(cases.map((name) => [name, []]));
  const fully = (port: number, rest: Iterator<Buffer>) => loadFully(port, rest, seconds);
  // Round by round, not case by case: what else the machine does then falls on all of them.
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, done] of rounds) {
      const result = await runCase(name, requests, fully);
      if (result) done.push(result);
    }
  const medians = new Map([...rounds].map(([name, all]) => [name, reportCase(name, all, report)]));
  reportRatios((name) => rounds.get(name) ?? [], report);
  const top = medians.get('own-durable') ?? Number.NaN;
  if (top > 0) await reportHalfRate(requests, seconds, top, report);
};

async function runCase(
  name: Case,
  requests: readonly Buffer[],
  load: (port: number, rest: Iterator<Buffer>) => Promise<Round>,
): Promise<Round | null> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zhibu-bench-'));
  const child = fork(fileURLToPath(new URL('./server.js', import.meta.url)), [name, dataDir], { stdio: 'inherit' });
  try {
    const port = await portOf(child);
    if (port === null) return null;
    await loadFully(port, requests.slice(0, WARM_UP).values(), 5);
    return await load(port, requests.slice(WARM_UP).values());
  } finally {
    if (child.connected) child.disconnect();
    if (child.exitCode === null) await once(child, 'exit');
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** `null` when the server ended before it listened; why, it said itself. */
async function portOf(child: ChildProcess): Promise<number | null> {
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [null])]);
  return ready.safeParse(message).data?.port ?? null;
}

/** Prints the round in the middle, and gives its rate. */
function reportCase(name: Case, rounds: readonly Round[], report: Report): number {
  const sorted = [...rounds].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle || rounds.length < ROUNDS) return Number.NaN;
  report.result({
    suite: 'ingress',
    case: name,
    unit: 'req/s',
    value: middle.perSecond,
    p50Ms: middle.p50Ms,
    p99Ms: middle.p99Ms,
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    rounds: rounds.map(({ perSecond }) => perSecond),
  });
  return middle.perSecond;
}

/** Each round against the same round of the SDK's adapter, and of these the middle one: a machine that slows down slows both. */
function reportRatios(roundsOf: (name: Case) => readonly Round[], report: Report): void {
  const ratio = (name: string, measured: Case, goal: number) => {
    const base = roundsOf('sdk-adapter');
    const each = roundsOf(measured).map((round, index) => round.perSecond / (base[index]?.perSecond ?? Number.NaN));
    const middle = each.length < ROUNDS ? Number.NaN : each.sort((a, b) => a - b)[Math.floor(each.length / 2)];
    report.ratio({ suite: 'ingress', name, value: rounded(middle ?? Number.NaN), goal, op: '>=' });
  };
  ratio('volatile/sdk', 'own-volatile', 1.2);
  ratio('durable/sdk', 'own-durable', 0.6);
}

/** How long a request takes when the bot is busy but not drowned: the middle of the rounds, whose 99th percentiles are listed. */
async function reportHalfRate(
  requests: readonly Buffer[],
  seconds: number,
  top: number,
  report: Report,
): Promise<void> {
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) {
    const done = await runCase('own-durable', requests, (port, rest) => loadAtRate(port, rest, seconds, top / 2));
    if (!done) return;
    rounds.push(done);
  }
  const round = rounds.sort((x, y) => x.p99Ms - y.p99Ms)[Math.floor(ROUNDS / 2)];
  if (!round) return;
  report.result({
    suite: 'ingress',
    case: 'own-durable-half-rate',
    unit: 'req/s',
    value: round.perSecond,
    p50Ms: round.p50Ms,
    p99Ms: round.p99Ms,
    errors: round.errors,
    rounds: rounds.map(({ p99Ms }) => p99Ms),
  });
  report.ratio({ suite: 'ingress', name: 'durable p99 ms at half rate', value: round.p99Ms, goal: 50, op: '<=' });
}
