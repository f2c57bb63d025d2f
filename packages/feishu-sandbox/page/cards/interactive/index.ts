import type { CardComponent } from '../element.tsx';
import { CardButton } from './button.tsx';
import { Checker } from './checker.tsx';
import { InteractiveContainer } from './container.tsx';
import { Form } from './form.tsx';
import { Input } from './input.tsx';
import { MultiSelect } from './multi-select.tsx';
import { Overflow } from './overflow.tsx';
import { PeopleField } from './people-field.tsx';
import { Picker } from './picker.tsx';
import { Select } from './select.tsx';
import { SelectImage } from './select-image.tsx';

/** Components that are used: tag → component. */
export const interactive: Readonly<Record<string, CardComponent>> = {
  form: Form,
  button: CardButton,
  input: Input,
  select_static: Select,
  multi_select_static: MultiSelect,
  select_person: PeopleField,
  multi_select_person: PeopleField,
  date_picker: Picker,
  picker_time: Picker,
  picker_datetime: Picker,
  checker: Checker,
  select_img: SelectImage,
  overflow: Overflow,
  interactive_container: InteractiveContainer,
};
