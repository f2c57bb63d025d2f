import type { RefObject } from 'preact';
import { Avatar } from '../../ui/avatar.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { Field } from './field.ts';

interface ChooserProps {
  field: Field;
  icon: IconName;
  /** What is chosen: key and label; of people the key is their id. */
  chosen: readonly { key: string; label: string }[];
  faces?: boolean;
  button?: RefObject<HTMLButtonElement | null>;
  /** What it opens: a list by its id, or a window. */
  popovertarget?: string;
  onClick?: () => void;
}

/** A button that shows what is chosen, and opens what to choose from. */
export function Chooser({ field, icon, chosen, faces = false, button, popovertarget, onClick }: ChooserProps) {
  const { 'aria-required': required, 'aria-label': _, ...control } = field.control;
  return (
    <button
      {...control}
      {...(button ? { ref: button } : {})}
      type="button"
      class="chooser"
      popovertarget={popovertarget}
      aria-haspopup={popovertarget === undefined ? 'dialog' : 'listbox'}
      onClick={onClick}
    >
      <span class="hidden">{`${field.caption}${required ? '（必填）' : ''}：${chosen.length === 0 ? '未选' : ''}`}</span>
      {chosen.length === 0 ? (
        <span class="chooser-hint" aria-hidden="true">
          {field.placeholder || '请选择'}
        </span>
      ) : (
        <Picked chosen={chosen} faces={faces} />
      )}
      <Icon name={icon} />
    </button>
  );
}

const Picked = ({ chosen, faces }: Required<Pick<ChooserProps, 'chosen' | 'faces'>>) => (
  <span class="picked">
    {chosen.map(({ key, label }) => (
      <span key={key} class={`picked-one ${faces ? 'face' : ''}`}>
        {faces && <Avatar id={key} size="small" />}
        {label}
      </span>
    ))}
  </span>
);
