import type { CallView, DeliveryView } from '../core/sandbox.ts';
import { codeWords } from './code-words.ts';
import { kindWords } from './fault-words.ts';
import { shortPath } from './paths.ts';
import { callWords, eventWords, failureWords } from './words.ts';

/** One line of the log: an event that was pushed to the bot, or a call that the bot made. */
export type Row =
  | { kind: 'event'; key: string; at: string; event: DeliveryView }
  | { kind: 'call'; key: string; at: string; call: CallView };

export const eventRow = (event: DeliveryView): Row => ({ kind: 'event', key: event.event_id, at: event.at, event });
export const callRow = (call: CallView): Row => ({ kind: 'call', key: `call-${call.seq}`, at: call.at, call });

/** So many lines are kept. */
export const KEPT = 500;

/** Adds what is new and replaces what changed; in the order of `seq`, the oldest fall out. */
export function upsert<T extends { seq: number }>(known: readonly T[], news: readonly T[]): readonly T[] {
  if (news.length === 0) return known;
  const bySeq = new Map(known.map((one) => [one.seq, one]));
  for (const one of news) bySeq.set(one.seq, one);
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq).slice(-KEPT);
}

/**
 * Two lists become one by time, an event before the calls of the same instant. Each list keeps its own order, so that a
 * clock that was set back cannot put what is new above what is old.
 */
export function merge(events: readonly DeliveryView[], calls: readonly CallView[]): readonly Row[] {
  const rows: Row[] = [];
  let next = 0;
  for (const event of events) {
    const at = Date.parse(event.at);
    for (let call = calls[next]; call && Date.parse(call.at) < at; call = calls[next]) {
      rows.push(callRow(call));
      next += 1;
    }
    rows.push(eventRow(event));
  }
  return [...rows, ...calls.slice(next).map(callRow)].slice(-KEPT);
}

/** How a line reads: every colour also says in words what it means. */
export interface Line {
  title: string;
  /** Beside the title: the type of an event, method and path of a call. */
  type: string;
  /** The id that a reader may look for. */
  id: string;
  result: string;
  good: boolean | null;
  ms: number | null;
  marks: readonly string[];
}

export const lineOf = (row: Row): Line => (row.kind === 'event' ? eventLine(row.event) : callLine(row.call));

function eventLine({ type, attempts, event_id }: DeliveryView): Line {
  const last = attempts.at(-1);
  return {
    title: eventWords(type),
    type,
    id: event_id,
    result: last ? pushResult(last) : '待发送',
    good: last ? last.status === 200 : null,
    ms: last?.ms ?? null,
    marks: attempts.length > 1 ? [`第${attempts.length}次`] : [],
  };
}

/** "200 已收下", "500 未收下", "3秒内没有回应". */
export const pushResult = ({ status, error }: { status: number; error?: string }): string =>
  status === 0 ? failureWords(error) : `${status} ${status === 200 ? '已收下' : '未收下'}`;

function callLine({ method, path, http, code, uuid, ms, fault, known }: CallView): Line {
  return {
    title: callWords(method, path),
    type: `${method} ${shortPath(path)}`,
    id: uuid === null ? '' : `uuid ${uuid}`,
    result: callResult(http, code),
    good: http === 200 && (code ?? 0) === 0,
    ms,
    marks: [...(known ? [] : ['未知路径']), ...(fault === undefined ? [] : [`故障：${kindWords(fault)}`])],
  };
}

/** "200 成功", "400 230002 机器人不在群里", "连接断开". */
export function callResult(http: number | null, code: number | null): string {
  if (http === null) return '连接断开';
  if (code === 0 || code === null) return `${http} ${http < 400 ? '成功' : '失败'}`;
  return `${http === code ? http : `${http} · ${code}`} ${codeWords(code)?.meaning ?? '失败'}`;
}

export type Shown = 'all' | 'event' | 'call';

/** The lines of one kind in which every word occurs: in what is shown, or in the whole path. */
export function filtered(rows: readonly Row[], shown: Shown, query: string): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (row: Row): boolean => {
    if (shown !== 'all' && row.kind !== shown) return false;
    if (words.length === 0) return true;
    const { title, type, id, result, marks } = lineOf(row);
    const path = row.kind === 'call' ? row.call.path : '';
    const text = [title, type, path, id, result, ...marks].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return rows.filter(fits);
}

const SOON_MS = 5000;

/** The calls within five seconds after an event: probably, not provably, what it caused. */
export function callsAfter(event: DeliveryView, calls: readonly CallView[]): readonly CallView[] {
  const from = Date.parse(event.at);
  return calls.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= from + SOON_MS);
}

const BEYOND = 3;

/** Which of `count` lines of equal height can be seen, and a few on either side: from `first` to before `end`. */
export function windowOf(
  view: { top: number; height: number },
  count: number,
  lineHeight: number,
): { first: number; end: number } {
  const top = Math.max(0, Math.min(view.top, count * lineHeight - view.height));
  const first = Math.max(0, Math.floor(top / lineHeight) - BEYOND);
  const end = Math.min(count, Math.ceil((top + view.height) / lineHeight) + BEYOND);
  return { first, end };
}
