import type { Plan } from '../domain/rows.ts';
import type { EffectStore } from '../ports/store.ts';
import { point } from './crash-points.ts';

/**
 * Does a plan's effects in order, each once. `stale`: a row the plan was decided upon has moved on, so decide again;
 * what was inserted before is keyed by the same cause and stays as it is.
 */
export const applyPlan = async (effects: EffectStore, plan: Plan, cause: string): Promise<'done' | 'stale'> => {
  for (const effect of plan.effects) {
    const outcome = await effects.apply(effect, cause);
    if (outcome === 'stale' && effect.op === 'update' && effect.ifStale === 'redo') return 'stale';
    point('effect.applied', { cause, op: effect.op });
  }
  return 'done';
};
