import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { badValue, ServerError } from '../errors.ts';
import { compileExpression, isTrue } from '../expr/compile.ts';
import type { Expression, Scope } from '../expr/scope.ts';
import { compileFilter } from '../query/matcher.ts';
import { isNumeric, toInteger } from '../values/numbers.ts';

/** A compiled projection. */
export type Projection = (document: Doc) => Doc;

type Special = (value: Value, document: Doc) => Value | undefined;

/** One level of a projection: what is kept or dropped, computed or looked into. */
type Tree = { children: Map<string, Tree>; action: 'keep' | 'drop' | 'into'; compute?: Expression; special?: Special };

/** `mode` is decided by the first field that is not `_id`; the two kinds do not mix. */
type Parsed = { tree: Tree; inclusive: boolean };

/** Compiles the projection of find, findAndModify, and `$project`. */
export function compileProjection(spec: Doc, scope: Scope, stage: '$project' | 'find'): Projection {
  if (spec.size === 0) {
    if (stage === '$project')
      throw new ServerError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    return (document) => document;
  }
  const { tree, inclusive } = parse(spec, scope, stage);
  return (document) => project(document, tree, inclusive, { ...scope, root: document, current: document });
}

function parse(spec: Doc, scope: Scope, stage: string): Parsed {
  const tree: Tree = { children: new Map(), action: 'into' };
  const state: { inclusive: boolean | undefined } = { inclusive: undefined };
  for (const [path, value] of spec) read(tree, path, value, scope, state, stage);
  const id = tree.children.get('_id');
  const inclusive = state.inclusive ?? (id !== undefined && id.action !== 'drop');
  if (inclusive && id === undefined) tree.children.set('_id', { children: new Map(), action: 'keep' });
  return { tree, inclusive };
}

type State = { inclusive: boolean | undefined };

function read(tree: Tree, path: string, value: Value, scope: Scope, state: State, stage: string): void {
  if (path === '' || path.split('.').includes(''))
    throw new ServerError(40353, 'FieldPath field names may not be empty strings.');
  if (path.split('.').some((part) => part.startsWith('$')))
    throw new ServerError(
      stage === 'find' ? 31395 : 16410,
      `positional projection and field names starting with '$' are not accepted: ${path}`,
    );
  const special = isDoc(value) && stage === 'find' ? specialOf(value, scope) : undefined;
  if (special !== undefined) {
    place(tree, path, { children: new Map(), action: 'into', special });
    if (isDoc(value) && value.has('$elemMatch')) choose(state, path, true);
    return;
  }
  const nested = isDoc(value) && value.size > 0 && ![...value.keys()][0]?.startsWith('$');
  if (nested) for (const [key, item] of value) read(tree, `${path}.${key}`, item, scope, state, stage);
  else readLeaf(tree, path, value, scope, state);
}

function readLeaf(tree: Tree, path: string, value: Value, scope: Scope, state: State): void {
  const node: Tree = { children: new Map(), action: 'keep' };
  if (typeof value === 'boolean' || isNumeric(value)) {
    const keep = isTrue(value);
    node.action = keep ? 'keep' : 'drop';
    if (path !== '_id') choose(state, path, keep);
  } else {
    node.compute = compileExpression(value, scope);
    if (path !== '_id') choose(state, path, true);
  }
  place(tree, path, node);
}

function choose(state: State, path: string, inclusive: boolean): void {
  if (state.inclusive !== undefined && state.inclusive !== inclusive) {
    const [code, word, other] = inclusive ? [31253, 'inclusion', 'exclusion'] : [31254, 'exclusion', 'inclusion'];
    throw new ServerError(Number(code), `Cannot do ${word} on field ${path} in ${other} projection`);
  }
  state.inclusive = inclusive;
}

function place(tree: Tree, path: string, node: Tree): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let at = tree;
  for (const part of parts) {
    const next: Tree = at.children.get(part) ?? { children: new Map(), action: 'into' };
    if (next.action !== 'into' || next.special !== undefined) collide(path);
    at.children.set(part, next);
    at = next;
  }
  if (at.children.has(last)) collide(path);
  at.children.set(last, node);
}

function collide(path: string): never {
  throw new ServerError(31250, `Path collision at ${path}`);
}

/** Operators that only a find projection has. */
export const PROJECTION_OPERATORS: Readonly<Record<string, (operand: Value, scope: Scope) => Special>> = {
  $slice: (operand) => sliceOf(operand),
  $elemMatch: (operand, scope) => {
    if (!isDoc(operand)) badValue('elemMatch: Invalid argument, object required');
    const matches = compileFilter(
      new Map<string, Value>([['a', new Map<string, Value>([['$elemMatch', operand]])]]),
      scope,
    );
    return (value) => {
      const hit = Array.isArray(value)
        ? value.find((item) => matches(new Map<string, Value>([['a', [item]]])))
        : undefined;
      return hit === undefined ? undefined : [hit];
    };
  },
};

function specialOf(value: Doc, scope: Scope): Special | undefined {
  const name = value.size === 1 ? [...value.keys()][0] : undefined;
  const build =
    name !== undefined && Object.hasOwn(PROJECTION_OPERATORS, name) ? PROJECTION_OPERATORS[name] : undefined;
  const operand = name === undefined ? undefined : value.get(name);
  return operand === undefined ? undefined : build?.(operand, scope);
}

function sliceOf(operand: Value): Special {
  const [skip, limit] = Array.isArray(operand) ? operand.map(toInteger) : [undefined, toInteger(operand)];
  if (limit === undefined || (Array.isArray(operand) && (operand.length !== 2 || limit <= 0)))
    throw new ServerError(28667, 'Invalid $slice syntax');
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (skip === undefined) return limit >= 0 ? value.slice(0, limit) : value.slice(limit);
    const start = skip >= 0 ? skip : Math.max(0, value.length + skip);
    return value.slice(start, start + limit);
  };
}

/** Stored order for what is kept, then computed fields in the order of the specification. */
function project(document: Doc, tree: Tree, inclusive: boolean, scope: Scope): Doc {
  const result: Doc = new Map();
  for (const [key, value] of document) {
    const node = tree.children.get(key);
    const kept = node === undefined ? (inclusive ? undefined : value) : keep(value, node, inclusive, scope, document);
    if (kept !== undefined) result.set(key, kept);
  }
  for (const [key, node] of tree.children) {
    const value = document.has(key) && node.compute === undefined ? undefined : computed(node, scope);
    if (value !== undefined) result.set(key, value);
    else if (node.compute !== undefined) result.delete(key);
  }
  return result;
}

function keep(value: Value, node: Tree, inclusive: boolean, scope: Scope, document: Doc): Value | undefined {
  if (node.special !== undefined) return node.special(value, document);
  if (node.action === 'keep') return value;
  if (node.action === 'drop') return undefined;
  if (isDoc(value)) return project(value, node, inclusive, scope);
  if (Array.isArray(value)) return eachItem(value, node, inclusive, scope, document);
  return hasCompute(node) ? computed(node, scope) : inclusive ? undefined : value;
}

/** Goes into the documents of an array; other elements stay out of an inclusion and in an exclusion. */
function eachItem(items: readonly Value[], node: Tree, inclusive: boolean, scope: Scope, document: Doc): Value[] {
  const result: Value[] = [];
  for (const item of items) {
    const kept =
      isDoc(item) || Array.isArray(item) ? keep(item, node, inclusive, scope, document) : inclusive ? undefined : item;
    if (kept !== undefined) result.push(kept);
  }
  return result;
}

function hasCompute(node: Tree): boolean {
  return node.compute !== undefined || [...node.children.values()].some(hasCompute);
}

function computed(node: Tree, scope: Scope): Value | undefined {
  if (node.compute !== undefined) return node.compute(scope);
  if (!hasCompute(node)) return undefined;
  const result: Doc = new Map();
  for (const [key, child] of node.children) {
    const value = computed(child, scope);
    if (value !== undefined) result.set(key, value);
  }
  return result.size > 0 ? result : undefined;
}
