import { type Doc, isDoc, Regex, type Value } from '../bson/types.ts';
import { badValue } from '../errors.ts';
import { compileExpression, isTrue } from '../expr/compile.ts';
import type { Scope } from '../expr/scope.ts';
import { anyAt, type MatchTrace, splitPath } from '../values/path.ts';
import { equality, LEAF_OPERATORS, type Leaf, regexTest } from './leaf.ts';

/** A compiled filter. With a trace it notes the array index that the positional operator needs. */
export type Predicate = (value: Value, trace?: MatchTrace) => boolean;

/** `scope` gives `$expr` its variables and the time of the command. */
type Context = { scope: Scope; depth: number };

/** Compiles a filter; anything not implemented is refused here, before a document is read. */
export function compileFilter(filter: Doc, scope: Scope): Predicate {
  return compileDoc(filter, { scope, depth: 0 });
}

function compileDoc(filter: Doc, context: Context): Predicate {
  if (context.depth > 100) badValue('Query nesting too deep');
  const inner = { ...context, depth: context.depth + 1 };
  const parts: Predicate[] = [];
  for (const [key, operand] of filter) {
    const part = key.startsWith('$') ? compileLogical(key, operand, inner) : compileField(key, operand, inner);
    if (part !== undefined) parts.push(part);
  }
  return allOf(parts);
}

function allOf(parts: readonly Predicate[]): Predicate {
  const [first, second] = parts;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  return (value, trace) => parts.every((part) => part(value, trace));
}

type Logical = (operand: Value, context: Context) => Predicate | undefined;

/** The operators that stand where a field name would. */
export const LOGICAL_OPERATORS: Readonly<Record<string, Logical>> = {
  $and: (operand, context) => allOf(branches('$and', operand, context)),
  $or: (operand, context) => {
    const parts = branches('$or', operand, context);
    return (value, trace) => parts.some((part) => part(value, trace));
  },
  $nor: (operand, context) => {
    const parts = branches('$nor', operand, context);
    return (value) => !parts.some((part) => part(value));
  },
  $expr: (operand, context) => {
    const expression = compileExpression(operand, context.scope);
    return (value) => isTrue(expression({ ...context.scope, root: value, current: value }));
  },
  $comment: () => undefined,
};

function compileLogical(name: string, operand: Value, context: Context): Predicate | undefined {
  const build = Object.hasOwn(LOGICAL_OPERATORS, name) ? LOGICAL_OPERATORS[name] : undefined;
  if (build === undefined)
    badValue(
      `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
    );
  return build(operand, context);
}

function branches(name: string, operand: Value, context: Context): Predicate[] {
  if (!Array.isArray(operand)) badValue(`${name} must be an array`);
  if (operand.length === 0)
    badValue(`${name}/$or/$nor must be a nonempty array`.replace('$and/$or/$nor', '$and/$or/$nor'));
  return operand.map((item) =>
    isDoc(item) ? compileDoc(item, context) : badValue(`${name} entries need to be full objects`),
  );
}

/** True when a value is a document of operators such as `{ $gt: 1 }`. */
export function isOperatorDoc(value: Value | undefined): value is Doc {
  if (!isDoc(value)) return false;
  const first = value.keys().next();
  return first.done !== true && first.value.startsWith('$') && !isReference(value);
}

function isReference(value: Doc): boolean {
  const keys = [...value.keys()];
  return keys[0] === '$ref' || keys[0] === '$id' || keys[0] === '$db';
}

function compileField(path: string, operand: Value, context: Context): Predicate {
  const parts = splitPath(path);
  const leaves = isOperatorDoc(operand) ? compileOperators(operand, context) : [bare(operand)];
  return allOf(leaves.map((leaf) => atPath(parts, leaf)));
}

function bare(operand: Value): Leaf {
  return { test: operand instanceof Regex ? regexTest(operand) : equality(operand), expand: true };
}

function atPath(parts: readonly string[], leaf: Leaf): Predicate {
  const { test, expand } = leaf;
  if (leaf.negate === true) return (value) => !anyAt(value, parts, 0, expand, test);
  return (value, trace) => anyAt(value, parts, 0, expand, test, trace);
}

type Nested = (operand: Value, context: Context) => Leaf[];

/** Operators of a field that hold further operators. */
export const NESTED_OPERATORS: Readonly<Record<string, Nested>> = {
  $not: (operand, context) => [negation(operand, context)],
  $all: (operand, context) => all(operand, context),
  $elemMatch: (operand, context) => [elemMatch(operand, context)],
};

function compileOperators(operators: Doc, context: Context): Leaf[] {
  const leaves: Leaf[] = [];
  for (const [name, operand] of operators) {
    const leaf = Object.hasOwn(LEAF_OPERATORS, name) ? LEAF_OPERATORS[name] : undefined;
    const nested = Object.hasOwn(NESTED_OPERATORS, name) ? NESTED_OPERATORS[name] : undefined;
    if (leaf !== undefined) leaves.push(leaf(operand, operators));
    else if (nested !== undefined) leaves.push(...nested(operand, context));
    else badValue(`unknown operator: ${name}`);
  }
  return leaves;
}

/** `$not` holds when its operators do not all hold; each of them looks at the whole path. */
function negation(operand: Value, context: Context): Leaf {
  if (operand instanceof Regex) return { test: regexTest(operand), expand: true, negate: true };
  if (!isOperatorDoc(operand)) badValue('$not needs a regex or a document');
  const inner = allOf(compileOperators(operand, context).map((leaf) => atPath([], leaf)));
  const single = operand.size === 1 ? compileOperators(operand, context)[0] : undefined;
  if (single !== undefined && single.negate !== true) return { ...single, negate: true };
  return { test: (value) => (value === undefined ? inner(null) : inner(value)), expand: false, negate: true };
}

function all(operand: Value, context: Context): Leaf[] {
  if (!Array.isArray(operand)) badValue('$all needs an array');
  if (operand.length === 0) return [{ test: () => false, expand: false }];
  return operand.map((item) => {
    if (!isOperatorDoc(item)) return bare(item);
    if (!item.has('$elemMatch')) badValue('no $ expressions in $all');
    return elemMatch(item.get('$elemMatch') ?? null, context);
  });
}

function elemMatch(operand: Value, context: Context): Leaf {
  if (!isDoc(operand)) badValue('$elemMatch needs an Object');
  const first = operand.keys().next().value;
  const byValue = isOperatorDoc(operand) && first !== undefined && !Object.hasOwn(LOGICAL_OPERATORS, first);
  const matches = byValue
    ? allOf(compileOperators(operand, context).map((leaf) => atPath([], leaf)))
    : objectMatch(compileDoc(operand, context));
  return { test: (value, trace) => anyElement(value, matches, trace), expand: false };
}

function objectMatch(predicate: Predicate): Predicate {
  return (value) => (isDoc(value) || Array.isArray(value)) && predicate(value);
}

function anyElement(value: Value | undefined, matches: Predicate, trace?: MatchTrace): boolean {
  if (!Array.isArray(value)) return false;
  const index = value.findIndex((item) => matches(item));
  if (index >= 0 && trace !== undefined) trace.index = index;
  return index >= 0;
}
