/** The shape of a policy pack: unknown keys are refused, and every reference must lead somewhere. */
import { z } from 'zod';
import { audiences, cards, cycles, type LadderStep, type PolicyPack } from '../domain/duty/types.ts';

const text = z.string().trim().min(1);

const stepTime = z.union(
  [
    z.strictObject({ dayOfMonth: z.int().min(1).max(31) }),
    z.strictObject({ daysBefore: z.int().min(0).max(366) }),
    z.strictObject({ workdaysAfter: z.int().min(1).max(60) }),
  ],
  { error: 'at 要写 dayOfMonth（1–31）、daysBefore（0–366）或 workdaysAfter（1–60）其中一个' },
);

const ladderStep = z.strictObject({
  step: text,
  at: stepTime,
  to: z.array(z.enum(audiences)).min(1),
  card: z.enum(cards),
});

const policy = z.strictObject({
  id: text,
  kind: text,
  name: text,
  cycle: z.enum(cycles),
  appliesTo: z.strictObject({
    levels: z.array(z.enum(['committee', 'generalBranch', 'directBranch', 'branch', 'department'])).min(1),
    committee: z.boolean().optional(),
    groups: z.boolean().optional(),
  }),
  ladder: text,
  rule: text,
  basis: text,
  source: text,
});

const shape = z.strictObject({
  name: text,
  ladders: z.record(text, z.array(ladderStep).min(1)),
  policies: z.array(policy).min(1),
});

type Fault = { readonly path: readonly (string | number)[]; readonly message: string };

const repeats = (values: readonly string[]): number[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));

const ladderFaults = ([name, steps]: readonly [string, readonly LadderStep[]]): Fault[] =>
  repeats(steps.map(({ step }) => step)).map((index) => ({
    path: ['ladders', name, index, 'step'],
    message: `步骤 ${steps[index]?.step} 写了两次`,
  }));

/** What the shape alone cannot see. A duty's id is kind/unit/period, so one kind may reach a level only once. */
const faultsOf = (pack: PolicyPack, kinds: ReadonlySet<string>): Fault[] => [
  ...Object.entries(pack.ladders).flatMap(ladderFaults),
  ...pack.policies.flatMap(({ kind, ladder }, index): Fault[] => [
    ...(kinds.has(kind) ? [] : [{ path: ['policies', index, 'kind'], message: `没有 ${kind} 这种记录` }]),
    ...(pack.ladders[ladder] ? [] : [{ path: ['policies', index, 'ladder'], message: `没有 ${ladder} 这个提醒阶梯` }]),
  ]),
  ...repeats(pack.policies.map(({ id }) => id)).map((index) => ({
    path: ['policies', index, 'id'],
    message: `${pack.policies[index]?.id} 写了两次`,
  })),
  ...repeats(pack.policies.map(({ kind, cycle }) => `${kind} ${cycle}`)).map((index) => ({
    path: ['policies', index, 'kind'],
    message: `${pack.policies[index]?.kind} 已有一条同周期的任务`,
  })),
];

/** The schema of a pack whose policies ask for records of these kinds. */
export const packSchema = (kinds: ReadonlySet<string>) =>
  shape.superRefine((pack, context) => {
    for (const { path, message } of faultsOf(pack, kinds)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });
