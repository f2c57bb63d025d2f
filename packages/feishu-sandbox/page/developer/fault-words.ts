import type { FaultInput } from '../core/sandbox.ts';

type FaultKind = FaultInput['kind'];
export type FaultField = 'http' | 'code' | 'ms';

interface FaultWords {
  kind: FaultKind;
  label: string;
  /** Where it can strike. */
  on: string;
  /** What more it wants to know. */
  fields: readonly FaultField[];
}

export const FAULTS: readonly FaultWords[] = [
  { kind: 'status', label: '回错误状态', on: '事件或调用', fields: ['http', 'code'] },
  { kind: 'delay', label: '拖延', on: '事件或调用', fields: ['ms'] },
  { kind: 'drop-before', label: '没处理就断开', on: '事件或调用', fields: [] },
  { kind: 'drop-after', label: '处理完才断开', on: '事件或调用', fields: [] },
  { kind: 'expire-token', label: '令牌过期', on: '调用', fields: [] },
  { kind: 'duplicate', label: '同时推两次', on: '事件', fields: [] },
  { kind: 'reorder', label: '与下一个事件对调', on: '事件', fields: [] },
];

export const kindWords = (kind: string): string => FAULTS.find((one) => one.kind === kind)?.label ?? kind;

const WITH_METHOD = /^(GET|POST|PUT|PATCH|DELETE)\s+(\S+)$/i;

/** "POST /open-apis/…" names method and path, anything else a path or an event type. */
export function matchOf(target: string): FaultInput['match'] {
  const [, method, path] = WITH_METHOD.exec(target.trim()) ?? [];
  return method === undefined || path === undefined ? { path: target.trim() } : { method: method.toUpperCase(), path };
}

export const targetText = ({ method, path }: FaultInput['match']): string => (method ? `${method} ${path}` : path);
