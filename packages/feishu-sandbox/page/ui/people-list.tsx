import { useState } from 'preact/hooks';
import type { PersonView } from '../core/sandbox.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';

const SHOWN = 40;

/** People matching what was typed, by name, title or key; those given first come first. */
export function findPeople(all: readonly PersonView[], query: string): readonly PersonView[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ key, name, title }: PersonView): boolean => {
    const known = `${name} ${title ?? ''} ${key}`.toLowerCase();
    return words.every((word) => known.includes(word));
  };
  return all.filter(fits);
}

/** A search box over a list of people; Enter takes the first, arrows and Tab walk. */
export function PeopleList(props: {
  people: readonly PersonView[];
  chosen: ReadonlySet<string>;
  onChoose: (person: PersonView) => void;
  label: string;
}) {
  const { people, chosen, onChoose, label } = props;
  const [query, setQuery] = useState('');
  const found = findPeople(people, query);
  const [first] = found;
  const takeFirst = (event: KeyboardEvent): void => {
    // 229 is how some browsers say that an input method has the key.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || !first) return;
    event.preventDefault();
    onChoose(first);
  };
  return (
    <div class="people-list">
      <input
        type="search"
        value={query}
        placeholder="搜索姓名或职务"
        aria-label={label}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={takeFirst}
      />
      <ul>
        {found.slice(0, SHOWN).map((person) => (
          <li key={person.key}>
            <button type="button" aria-pressed={chosen.has(person.key)} onClick={() => onChoose(person)}>
              <Avatar id={person.key} size="small" />
              <span>{person.name}</span>
              <small>{person.title ?? ''}</small>
              {chosen.has(person.key) && <Icon name="check" />}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="quiet">没有找到“{query}”</p>}
      {found.length > SHOWN && <p class="quiet">还有{found.length - SHOWN}人，请再多输几个字</p>}
    </div>
  );
}
