import { z } from 'zod';
import { isObject, text } from './tree.ts';

/** What the platform documents; pie is the ring too, bar the lying bars. */
const TYPES: ReadonlySet<string> = new Set([
  'line',
  'area',
  'bar',
  'pie',
  'common',
  'funnel',
  'scatter',
  'radar',
  'linearProgress',
  'circularProgress',
  'wordCloud',
]);
const LISTS = ['axes', 'series', 'markLine', 'markPoint', 'markArea', 'region'] as const;
/** Those may also be a single object. */
const ONE_OR_MANY: ReadonlySet<string> = new Set(['markLine', 'markPoint', 'markArea']);

/** What the platform can know of a chart without drawing it: its kind, and the kind of its parts. */
function fault(spec: unknown): string | null {
  if (!isObject(spec)) return 'chart_spec is not an object';
  if (!TYPES.has(text(spec.type))) return `type: ${JSON.stringify(spec.type ?? null)} is no chart`;
  if (!isObject(spec.data) && !Array.isArray(spec.data)) return 'data: Invalid type. Expected: object or array';
  const wrong = LISTS.find((name) => {
    const part = spec[name];
    return part !== undefined && !Array.isArray(part) && !(ONE_OR_MANY.has(name) && isObject(part));
  });
  return wrong === undefined ? null : `${wrong}: Invalid type. Expected: array`;
}

export const chartSpec = z.unknown().superRefine((spec, context) => {
  const found = fault(spec);
  if (found === null) return;
  context.addIssue({ code: 'custom', message: `chart spec is invalid; ${found}`, params: { code: 200550 } });
});
