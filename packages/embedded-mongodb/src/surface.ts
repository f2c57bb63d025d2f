import { ACCUMULATORS } from './aggregate/accumulators.ts';
import { STAGES } from './aggregate/stages.ts';
import { INDEX_OPTIONS } from './catalog/index-spec.ts';
import { COMMANDS } from './commands/registry.ts';
import { expressions } from './expr/operators.ts';
import { PROJECTION_OPERATORS } from './project/find.ts';
import { LEAF_OPERATORS } from './query/leaf.ts';
import { LOGICAL_OPERATORS, NESTED_OPERATORS } from './query/matcher.ts';
import { PUSH_MODIFIERS } from './update/arrays.ts';
import { UPDATE_OPERATORS } from './update/compile.ts';
import { TRANSFORMS } from './update/pipeline.ts';

/** Everything that is accepted, read from the tables the server itself uses. What is not listed is refused. */
export function surface(): Record<string, string[]> {
  const names = (...tables: object[]) => tables.flatMap((table) => Object.keys(table)).sort();
  return {
    commands: names(COMMANDS),
    queryOperators: names(LEAF_OPERATORS, LOGICAL_OPERATORS, NESTED_OPERATORS),
    projectionOperators: names(PROJECTION_OPERATORS),
    updateOperators: names(UPDATE_OPERATORS),
    pushModifiers: [...PUSH_MODIFIERS].sort(),
    updatePipelineStages: names(TRANSFORMS),
    stages: names(STAGES),
    accumulators: names(ACCUMULATORS),
    expressions: names(expressions()),
    indexOptions: names(INDEX_OPTIONS),
  };
}
