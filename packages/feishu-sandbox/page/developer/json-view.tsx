import { useState } from 'preact/hooks';
import { isObject } from '../../src/cards/tree.ts';
import { parsed } from './json.ts';
import { LongText } from './long-text.tsx';

const OPEN_DEPTH = 2;
const SHORT = 12;

/** JSON to read: objects and lists fold, long strings are cut, a string that holds JSON unfolds as such. */
export const JsonView = ({ value }: { value: unknown }) => (
  <div class="json">
    <Entry name={null} value={value} depth={0} />
  </div>
);

interface EntryProps {
  name: string | null;
  value: unknown;
  depth: number;
}

function Entry({ name, value, depth }: EntryProps) {
  const inner = typeof value === 'string' ? parsed(value) : value;
  if (Array.isArray(inner)) {
    const children = inner.map((child, index) => [String(index), child] as const);
    return <Branch name={name} brackets="[]" inText={inner !== value} depth={depth} entries={children} />;
  }
  if (isObject(inner)) {
    return <Branch name={name} brackets="{}" inText={inner !== value} depth={depth} entries={Object.entries(inner)} />;
  }
  return (
    <div class="json-leaf">
      <Name name={name} />
      <Scalar value={value} />
    </div>
  );
}

interface BranchProps {
  name: string | null;
  brackets: '{}' | '[]';
  /** It stood in a string. */
  inText: boolean;
  depth: number;
  entries: readonly (readonly [string, unknown])[];
}

/** What is folded is not in the page until it is opened. */
function Branch({ name, brackets, inText, depth, entries }: BranchProps) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH || (depth < OPEN_DEPTH + 2 && entries.length <= SHORT));
  const [first = '', last = ''] = brackets;
  if (entries.length === 0) {
    return (
      <div class="json-leaf">
        <Name name={name} />
        {brackets}
      </div>
    );
  }
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Name name={name} />
        {open ? first : `${first}…${last}`}{' '}
        <small>{inText ? `字符串里的JSON，${entries.length}项` : `${entries.length}项`}</small>
      </summary>
      {open && entries.map(([key, child]) => <Entry key={key} name={key} value={child} depth={depth + 1} />)}
    </details>
  );
}

const Name = ({ name }: { name: string | null }) =>
  name === null ? null : <span class="json-name tint-purple">{name}: </span>;

const TINTS: Readonly<Record<string, string>> = { string: 'tint-green', number: 'tint-orange', boolean: 'tint-blue' };

const Scalar = ({ value }: { value: unknown }) => (
  <span class={`json-value ${TINTS[typeof value] ?? 'tint-grey'}`}>
    {typeof value === 'string' ? (
      <>
        "<LongText text={value} />"
      </>
    ) : (
      String(value)
    )}
  </span>
);
