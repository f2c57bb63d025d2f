import { shapeOf } from './components.ts';
import { type CardFault, fault, shapeFault } from './fault.ts';
import { type Known, lintResources, markdownOf, partsOf } from './resources.ts';
import { ROOT } from './root.ts';
import { bodyOf, INTERACTIVE, isSubmit, type Json, type Placed, parseCard, tagOf, text, walk } from './tree.ts';

export type { CardFault } from './fault.ts';
export type { Known } from './resources.ts';

export const CARD_BYTES = 30 * 1024;
const MAX_ELEMENTS = 200;
const MAX_TABLES = 5;
/** Five levels of containers; a column_set and its columns count as one. */
const MAX_NESTING = 5;
const CONTAINERS: ReadonlySet<string> = new Set(['column_set', 'form', 'collapsible_panel', 'interactive_container']);
const NAMELESS = 'interactive_container';

/** The first thing wrong with a card (JSON 2.0), or null. The real renderer is stricter, and only partly documented. */
export function lintCard(content: string, known: Known = {}): CardFault | null {
  const card = parseCard(content);
  if (!card) return fault(200621, 'parse card json err, please check whether the card json is correct');
  if (card.type === 'template' || card.type === 'card') {
    return fault(200380, `template does not exist: cards of type ${card.type} are not emulated`);
  }
  const placed = [...walk(bodyOf(card))];
  const parts = partsOf(card);
  return (
    shapeFault(ROOT, card, 'ROOT') ??
    lintCounts(parts) ??
    first(placed, lintElement) ??
    first(placed, lintForm) ??
    lintNames(placed) ??
    lintIds(parts) ??
    lintResources(parts, known)
  );
}

function first<T>(items: readonly T[], lint: (item: T, all: readonly T[]) => CardFault | null): CardFault | null {
  for (const item of items) {
    const found = lint(item, items);
    if (found) return found;
  }
  return null;
}

/** Whatever has a tag counts, texts and icons too; a table in markdown is a table. */
function lintCounts(parts: readonly Json[]): CardFault | null {
  const elements = parts.filter(({ tag }) => tag !== undefined).length;
  if (elements > MAX_ELEMENTS) return fault(11310, `element exceeds the limit; ${elements} of ${MAX_ELEMENTS}`);
  const tables = parts.reduce((sum, part) => sum + tablesIn(part), 0);
  return tables > MAX_TABLES ? fault(11310, `card table number over limit; ${tables} of ${MAX_TABLES}`) : null;
}

const RULE = /^ {0,3}\|?( *:?-+:? *\|)+( *:?-+:? *)?$/gm;

function tablesIn(part: Json): number {
  return tagOf(part) === 'table' ? 1 : (markdownOf(part).match(RULE)?.length ?? 0);
}

function lintElement({ element, parent, level, path }: Placed): CardFault | null {
  const tag = tagOf(element);
  const schema = shapeOf(tag);
  const inColumns = parent !== null && tagOf(parent) === 'column_set';
  if (!schema || inColumns !== (tag === 'column')) {
    const unsupported = 'cards of schema V2 no longer support this capability';
    return fault(200861, `${unsupported}; ErrPath: ${path}; ErrorValue: unsupported tag ${tag}`);
  }
  if ((tag === 'table' || tag === 'form') && parent !== null) {
    return fault(200621, `${tag} is allowed directly under body only, path: ${path}`);
  }
  if (CONTAINERS.has(tag) && level > MAX_NESTING) {
    return fault(11310, `containers are nested more than ${MAX_NESTING} deep, path: ${path}`);
  }
  return shapeFault(schema, element, path);
}

/** What depends on the form around a component, or on what is in it. */
function lintForm({ element, form, path }: Placed, all: readonly Placed[]): CardFault | null {
  const tag = tagOf(element);
  const named = tag === 'form' || (form !== null && INTERACTIVE.has(tag) && tag !== NAMELESS);
  if (named && text(element.name) === '') return fault(200530, `name is empty, path: ${path}`);
  if (tag === 'form' && !all.some((other) => other.form === element && isSubmit(other.element))) {
    return fault(200530, `there is no submit button in the form container, at least one, path: ${path}`);
  }
  if (form !== null) return null;
  if (tag.startsWith('multi_select') || element.multi_select === true) {
    return fault(200621, `${tag} with several choices only in form, path: ${path}`);
  }
  return element.form_action_type === undefined ? null : fault(200621, `form_action_type only in form, path: ${path}`);
}

function lintNames(placed: readonly Placed[]): CardFault | null {
  const names = placed.map(({ element }) => text(element.name)).filter((name) => name !== '');
  const twice = repeated(names);
  return twice === undefined ? null : fault(11310, `name(${twice}) duplicate`);
}

function lintIds(parts: readonly Json[]): CardFault | null {
  const ids = parts.flatMap(({ element_id: id }) => (id === undefined ? [] : [id]));
  const odd = ids.find((id) => !/^[A-Za-z]\w{0,19}$/.test(text(id)));
  if (odd !== undefined) return fault(200621, `element_id(${String(odd)}) is malformed`);
  const twice = repeated(ids);
  return twice === undefined ? null : fault(200621, `element_id(${String(twice)}) duplicate`);
}

const repeated = <T>(items: readonly T[]): T | undefined => items.find((item, index) => items.indexOf(item) < index);
