import { clone, type DateTime, type Doc, isDoc, type Value } from '../bson/types.ts';
import { badValue, failedToParse, ServerError } from '../errors.ts';
import type { Scope } from '../expr/scope.ts';
import { compileFilter, type Predicate } from '../query/matcher.ts';
import { typeName } from '../values/types.ts';
import { ARRAY_OPERATORS } from './arrays.ts';
import { checkId, FIELD_OPERATORS } from './fields.ts';
import { resolve, updatePath } from './path.ts';
import { compilePipeline } from './pipeline.ts';

/** Every update operator that is accepted. */
export const UPDATE_OPERATORS = { ...FIELD_OPERATORS, ...ARRAY_OPERATORS };

/** How a document is changed. `insert` is true when an upsert builds a new one; `positional` is the matched array index. */
export type Updater = {
  apply(document: Doc, details: { insert: boolean; positional: number | undefined }): Doc;
  readonly replacement: boolean;
};

type Step = { operator: keyof typeof UPDATE_OPERATORS; parts: string[]; operand: Value };

/** Compiles an update of any of the three forms: operators, replacement, pipeline. */
export function compileUpdate(update: Value | undefined, arrayFilters: Value | undefined, scope: Scope): Updater {
  if (Array.isArray(update)) {
    if (arrayFilters !== undefined) failedToParse('Cannot specify arrayFilters and a pipeline update');
    return compilePipeline(update, scope);
  }
  if (!isDoc(update)) failedToParse('Update argument must be either an object or an array');
  const first = update.keys().next();
  if (first.done === true || !first.value.startsWith('$')) return replacement(update, arrayFilters);
  return operators(update, arrayFilters, scope);
}

function replacement(update: Doc, arrayFilters: Value | undefined): Updater {
  if (Array.isArray(arrayFilters) && arrayFilters.length > 0)
    failedToParse('Cannot specify arrayFilters with a replacement');
  for (const key of update.keys()) {
    if (key.startsWith('$'))
      throw new ServerError(
        52,
        `The dollar ($) prefixed field '${key}' in '${key}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  }
  return {
    replacement: true,
    apply(document) {
      const id = document.get('_id');
      const result: Doc = new Map();
      if (id !== undefined) result.set('_id', id);
      for (const [key, value] of clone(update)) result.set(key, value);
      checkId(id, result);
      return result;
    },
  };
}

function operators(update: Doc, arrayFilters: Value | undefined, scope: Scope): Updater {
  const steps = readSteps(update);
  const filters = readArrayFilters(arrayFilters, scope);
  checkFiltersUsed(filters, steps);
  return {
    replacement: false,
    apply(document, { insert, positional }) {
      const id = document.get('_id');
      const before = id === undefined ? undefined : clone(id);
      for (const step of sorted(steps)) runStep(step, document, { positional, filters }, insert, scope.now);
      checkId(before, document);
      return document;
    },
  };
}

/** New fields appear in the order of their names, as on the server. */
function sorted(steps: readonly Step[]): Step[] {
  return [...steps].sort((a, b) => comparePaths(a.parts, b.parts));
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const [x, y] = [a[i] ?? '', b[i] ?? ''];
    if (x === y) continue;
    const numbers = /^\d+$/.test(x) && /^\d+$/.test(y);
    return numbers ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function runStep(
  step: Step,
  document: Doc,
  placeholders: Parameters<typeof resolve>[2],
  insert: boolean,
  now: DateTime,
): void {
  if (step.operator === '$setOnInsert' && !insert) return;
  for (const path of resolve(document, step.parts, placeholders)) {
    UPDATE_OPERATORS[step.operator]?.({ document, path, operand: clone(step.operand), now, insert });
  }
}

function readSteps(update: Doc): Step[] {
  const steps: Step[] = [];
  for (const [operator, fields] of update) {
    if (!Object.hasOwn(UPDATE_OPERATORS, operator)) {
      failedToParse(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(fields)) {
      failedToParse(
        `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
      );
    }
    for (const [path, operand] of fields) steps.push({ operator, parts: updatePath(path), operand });
  }
  checkConflicts(steps);
  return steps;
}

/** Two steps must not touch the same path, nor one a part of the other's. */
function checkConflicts(steps: readonly Step[]): void {
  const taken = new Map<string, true>();
  const inner = new Set<string>();
  for (const step of steps) {
    const targets =
      step.operator === '$rename' && typeof step.operand === 'string'
        ? [step.parts, step.operand.split('.')]
        : [step.parts];
    for (const parts of targets) claim(parts, taken, inner);
  }
}

function claim(parts: readonly string[], taken: Map<string, true>, inner: Set<string>): void {
  const path = parts.join('.');
  const prefixes = parts.slice(0, -1).map((_part, i) => parts.slice(0, i + 1).join('.'));
  const clash = [path, ...prefixes].find((prefix) => taken.has(prefix)) ?? (inner.has(path) ? path : undefined);
  if (clash !== undefined)
    throw new ServerError(40, `Updating the path '${path}' would create a conflict at '${clash}'`);
  taken.set(path, true);
  for (const prefix of prefixes) inner.add(prefix);
}

function readArrayFilters(source: Value | undefined, scope: Scope): Map<string, Predicate> {
  const filters = new Map<string, Predicate>();
  if (source === undefined) return filters;
  if (!Array.isArray(source)) throw new ServerError(14, 'arrayFilters must be an array');
  for (const filter of source) {
    if (!isDoc(filter)) throw new ServerError(14, 'Each element of arrayFilters must be an object');
    const names = new Set(rootNames(filter));
    const [name] = names;
    if (name === undefined || names.size !== 1)
      failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found ${[...names].join(', ')}`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name)) failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    filters.set(name, compileFilter(filter, scope));
  }
  return filters;
}

function rootNames(filter: Doc): string[] {
  return [...filter].flatMap(([key, value]) => {
    if (!key.startsWith('$')) return [key.split('.')[0] ?? ''];
    return Array.isArray(value) ? value.filter(isDoc).flatMap(rootNames) : [];
  });
}

function checkFiltersUsed(filters: ReadonlyMap<string, Predicate>, steps: readonly Step[]): void {
  for (const name of filters.keys()) {
    if (!steps.some((step) => step.parts.includes(`$[${name}]`))) {
      failedToParse(`The array filter for identifier '${name}' was not used in the update`);
    }
  }
}
