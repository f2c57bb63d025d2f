/**
 * Preloaded by `--import`: says how often each crash point was reached, and ends the process at one of them.
 * The order is `point nth [signal]`, from KILL_AT, KILL_AFTER and KILL_SIGNAL or, while the process runs, from the file
 * KILL_FILE; `nth` counts from the moment the order was first seen. COUNTERS names a file that gets one line per point.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';

const points = [
  'inbox.before',
  'inbox.written',
  'plan.saved',
  'effect.applied',
  'send.before',
  'send.accepted',
  'send.marked',
  'occurrence.claimed',
  'occurrence.done',
];
const { KILL_AT, KILL_AFTER = '1', KILL_SIGNAL = 'SIGKILL', KILL_FILE, COUNTERS } = process.env;
const given = KILL_AT === undefined ? '' : `${KILL_AT} ${KILL_AFTER} ${KILL_SIGNAL}`;
let seen = '';
let left = 0;

const order = () => {
  if (KILL_FILE === undefined) return given;
  try {
    return readFileSync(KILL_FILE, 'utf8').trim();
  } catch {
    return given;
  }
};

const reach = (point) => {
  if (COUNTERS !== undefined) appendFileSync(COUNTERS, `${point} ${process.pid}\n`);
  const now = order();
  const [at, nth = '1', signal = 'SIGKILL'] = now.split(' ');
  if (now !== seen) [seen, left] = [now, Number(nth)];
  if (at !== point) return;
  left -= 1;
  if (left !== 0) return;
  if (KILL_FILE !== undefined) rmSync(KILL_FILE, { force: true });
  process.kill(process.pid, signal);
};

for (const point of points) subscribe(`zhibu:${point}`, () => reach(point));
