import { objects, text } from '../../../src/cards/tree.ts';
import { Icon } from '../../ui/icon.tsx';
import { wordsOf } from '../content/text.tsx';
import type { CardComponent } from '../element.tsx';
import { useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';

/** One of several options. The browser's own list: it is the best one on every device. */
export const Select: CardComponent = ({ element }) => {
  const field = useField(element);
  const chosen = text(field.value);
  return (
    <FieldFrame element={element} field={field}>
      <div class="select-box">
        <select
          {...field.control}
          class={chosen === '' ? 'empty' : ''}
          value={chosen}
          onChange={(event) => field.finish(event.currentTarget.value)}
        >
          <option value="" disabled={!field.clearable} hidden={!field.clearable}>
            {field.placeholder || '请选择'}
          </option>
          {objects(element.options).map((option) => (
            <option key={text(option.value)} value={text(option.value)}>
              {wordsOf(option.text)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </div>
    </FieldFrame>
  );
};
