import { isObject, type Json, objects, text } from '../../../src/cards/tree.ts';
import { nameOf, personOf } from '../../core/state.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Glyph, StandardIcon } from './glyph.tsx';
import { marginOf } from './style.ts';

interface PersonLook {
  size?: unknown;
  avatar: boolean;
  name: boolean;
  capsule?: boolean;
}

/** A person: avatar, name, or both. Without a visible name it is still read aloud. */
export function PersonTag({ id, size, avatar, name, capsule = false }: PersonLook & { id: string }) {
  return (
    <span class={`person size-${text(size) || 'medium'} ${capsule ? 'capsule' : ''}`} title={nameOf(id)}>
      {avatar && <Avatar id={id} size="small" />}
      <span class={name ? '' : 'hidden'}>{nameOf(id)}</span>
    </span>
  );
}

export const Person = ({ element }: { element: Json }) => (
  <div style={marginOf(element)}>
    <PersonTag
      id={text(element.user_id)}
      size={element.size}
      avatar={element.show_avatar !== false}
      name={element.show_name === true}
      capsule={element.style === 'capsule'}
    />
  </div>
);

export function PersonList({ element }: { element: Json }) {
  const ids = objects(element.persons).map(({ id }) => text(id));
  const shown = element.drop_invalid_user_id === true ? ids.filter((id) => personOf(id)) : ids;
  const look = { size: element.size, avatar: element.show_avatar !== false, name: element.show_name !== false };
  const old = isObject(element.ud_icon) ? element.ud_icon : null;
  return (
    <div class="with-icon" style={marginOf(element)}>
      {old ? <StandardIcon token={text(old.token)} /> : <Glyph icon={element.icon} />}
      <ul class="person-list">
        {shown.map((id) => (
          <li key={id}>
            <PersonTag id={id} {...look} />
          </li>
        ))}
      </ul>
    </div>
  );
}
