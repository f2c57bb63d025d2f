import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** The id by which a text box names the option that its keys are on. */
export const optionId = (list: string, index: number): string => `${list}-${index}`;

/** A list that belongs to a text box: the focus stays there, and the box names the active option to screen readers. */
export function Listbox<T extends { key: string }>(props: {
  id: string;
  label: string;
  options: readonly T[];
  active: number;
  onChoose: (option: T) => void;
  render: (option: T) => ComponentChildren;
}) {
  const { id, label, options, active, onChoose, render } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, options]);
  return (
    <div tabIndex={-1} ref={list} id={id} role="listbox" class="listbox" aria-label={label} onMouseDown={keepFocus}>
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text box has the keys
        <div
          key={option.key}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onClick={() => onChoose(option)}
        >
          {render(option)}
        </div>
      ))}
    </div>
  );
}

const keepFocus = (event: MouseEvent): void => event.preventDefault();
