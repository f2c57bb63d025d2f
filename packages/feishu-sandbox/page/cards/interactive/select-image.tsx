import { useId } from 'preact/hooks';
import { type Json, objects, text } from '../../../src/cards/tree.ts';
import { Picture } from '../content/picture.tsx';
import { wordsOf } from '../content/text.tsx';
import type { CardComponent } from '../element.tsx';
import { type Field, useField } from './field.ts';
import { FieldFrame } from './field-frame.tsx';
import { strings, toggled } from './fields.ts';

/** Pictures to choose from: alone, a click sends; in a form they carry radio buttons or check boxes. */
export const SelectImage: CardComponent = ({ element }) => {
  const field = useField(element);
  const Option = field.inForm ? TickedPicture : PressedPicture;
  return (
    <FieldFrame element={element} field={field} class="fill">
      <fieldset
        class={`image-choices ${text(element.layout) || 'bisect'}`}
        style={{ '--ratio': (text(element.aspect_ratio) || '16:9').replace(':', ' / ') }}
        aria-label={field.caption}
        aria-describedby={field.control['aria-describedby']}
      >
        {objects(element.options).map((option, index) => (
          <Option key={text(option.value)} element={element} field={field} option={option} number={index + 1} />
        ))}
      </fieldset>
    </FieldFrame>
  );
};

interface OptionProps {
  element: Json;
  field: Field;
  option: Json;
  number: number;
}

const titleOf = ({ option, number }: OptionProps): string => wordsOf(option.hover_tips) || `图${number}`;
const isDisabled = ({ field, option }: OptionProps): boolean => field.control.disabled || option.disabled === true;
const tipOf = ({ option }: OptionProps): string | undefined =>
  (option.disabled === true && wordsOf(option.disabled_tips)) || wordsOf(option.hover_tips) || undefined;

function PressedPicture(props: OptionProps) {
  const { field, option } = props;
  const value = text(option.value);
  return (
    <button
      type="button"
      class="image-choice"
      title={tipOf(props)}
      aria-label={titleOf(props)}
      aria-pressed={field.value === value}
      disabled={isDisabled(props)}
      onClick={() => field.finish(value)}
    >
      <Picture imageKey={text(option.img_key)} alt="" preview={false} />
    </button>
  );
}

/** A picture that can be enlarged is not part of the label: a click on it enlarges, a click on the tick chooses. */
function TickedPicture(props: OptionProps) {
  const { element, option } = props;
  const id = useId();
  const enlarges = element.can_preview !== false;
  const picture = <Picture imageKey={text(option.img_key)} alt={titleOf(props)} preview={enlarges} />;
  return (
    <div class="image-choice" title={tipOf(props)}>
      <label class="image-label" for={id}>
        <Tick {...props} id={id} />
        {enlarges ? <span class="hidden">{titleOf(props)}</span> : picture}
      </label>
      {enlarges && picture}
    </div>
  );
}

function Tick(props: OptionProps & { id: string }) {
  const { id, element, field, option } = props;
  const value = text(option.value);
  const several = element.multi_select === true;
  const chosen = strings(field.value);
  return (
    <input
      id={id}
      class="image-tick"
      type={several ? 'checkbox' : 'radio'}
      name={field.control.name}
      checked={several ? chosen.includes(value) : field.value === value}
      disabled={isDisabled(props)}
      onChange={() => field.change(several ? toggled(chosen, value) : value)}
    />
  );
}
