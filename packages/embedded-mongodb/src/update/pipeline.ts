import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { failedToParse, ServerError } from '../errors.ts';
import { compileExpression } from '../expr/compile.ts';
import type { Scope } from '../expr/scope.ts';
import { compileAddFields, compileUnset } from '../project/add-fields.ts';
import { compileProjection } from '../project/find.ts';
import type { Updater } from './compile.ts';
import { checkId } from './fields.ts';

type Transform = (document: Doc) => Doc;

function needDoc(spec: Value, name: string): Doc {
  if (!isDoc(spec)) throw new ServerError(40272, `${name} specification stage must be an object`);
  return spec;
}

/** `$replaceWith` and `$replaceRoot`: the expression must give a document. */
export function compileReplace(expression: Value, scope: Scope): Transform {
  const compiled = compileExpression(expression, scope);
  return (document) => {
    const result = compiled({ ...scope, root: document, current: document });
    if (!isDoc(result)) throw new ServerError(40228, "'newRoot' expression must evaluate to an object");
    return result;
  };
}

/** The operand of `$replaceRoot`. */
export function newRoot(spec: Value): Value {
  const root = isDoc(spec) ? spec.get('newRoot') : undefined;
  if (root === undefined) throw new ServerError(40231, 'no newRoot specified for the $replaceRoot stage');
  return root;
}

/** The stages that make one document of one document: all that an update may use. */
export const TRANSFORMS: Readonly<Record<string, (spec: Value, scope: Scope) => Transform>> = {
  $set: (spec, scope) => compileAddFields(needDoc(spec, '$set'), scope),
  $addFields: (spec, scope) => compileAddFields(needDoc(spec, '$addFields'), scope),
  $unset: (spec) => compileUnset(spec),
  $project: (spec, scope) => compileProjection(needDoc(spec, '$project'), scope, '$project'),
  $replaceWith: (spec, scope) => compileReplace(spec, scope),
  $replaceRoot: (spec, scope) => compileReplace(newRoot(spec), scope),
};

/** Takes a stage `{ $name: spec }` apart. */
export function stageOf(stage: Value): [string, Value] {
  if (!isDoc(stage) || stage.size !== 1)
    throw new ServerError(40323, 'A pipeline stage specification object must contain exactly one field.');
  const [entry] = stage;
  return entry ?? failedToParse('empty stage');
}

/** Compiles the pipeline form of an update. */
export function compilePipeline(stages: readonly Value[], scope: Scope): Updater {
  const transforms = stages.map((stage) => {
    const [name, spec] = stageOf(stage);
    const build = Object.hasOwn(TRANSFORMS, name) ? TRANSFORMS[name] : undefined;
    if (build === undefined)
      throw new ServerError(name.startsWith('$') ? 72 : 40324, `${name} is not allowed to be used within an update`);
    return build(spec, scope);
  });
  return {
    replacement: false,
    apply(document) {
      const id = document.get('_id');
      let result = transforms.reduce((current, transform) => transform(current), document);
      if (id !== undefined && !result.has('_id')) result = new Map<string, Value>([['_id', id], ...result]);
      checkId(id, result);
      return result;
    },
  };
}
