import { z } from 'zod';
import {
  asking,
  atMost,
  byLocale,
  component,
  edges,
  elements,
  enabling,
  exactly,
  flag,
  hint,
  icon,
  links,
  localImage,
  placeholder,
  type Shape,
  shortText,
  text,
  whole,
  width,
  words,
} from './shapes.ts';

const field: Shape = { name: words, required: flag, disabled: flag, width, ...asking };
const select: Shape = { ...field, type: z.enum(['default', 'text']), placeholder };
const buttonTypes = ['default', 'primary', 'danger', 'text', 'primary_text', 'danger_text', 'primary_filled'];

const valuesDiffer = (options: { value?: unknown }[]): boolean => {
  const values = options.map((option) => option.value).filter((one) => one !== undefined);
  return new Set(values).size === values.length;
};
const options = (needed: Shape, optional: Shape): z.ZodType =>
  z
    .array(z.strictObject({ ...needed, ...z.strictObject(optional).partial().shape }))
    .refine(valuesDiffer, 'two options have one value');
const choices = options({ text, value: words }, { icon });
/** Nobody in the list means everybody in the chat. */
const people = z.array(exactly({}, { value: words }));

/** A picker shows a value or a hint; what it holds at first has one form. */
const picker = (initial: string, form: RegExp): z.ZodType =>
  component({}, { ...field, placeholder, [initial]: z.string().regex(form) }).refine(
    (given) => typeof given === 'object' && given !== null && ('placeholder' in given || initial in given),
    `needs a placeholder or ${initial}`,
  );

/** What is clicked and filled in. */
export const CONTROLS: Record<string, z.ZodType> = {
  button: component(
    {},
    {
      name: words,
      text: shortText,
      type: z.enum([...buttonTypes, 'danger_filled', 'laser']),
      icon,
      width,
      size: z.enum(['tiny', 'small', 'medium', 'large']),
      ...asking,
      ...enabling,
      url: words,
      multi_url: exactly({}, links),
      form_action_type: z.enum(['submit', 'reset']),
      action_type: z.enum(['link', 'request', 'multi', 'form_submit', 'form_reset']),
    },
  ),
  input: component(
    {},
    {
      ...field,
      placeholder,
      default_value: words,
      i18n_default_value: byLocale(words),
      disabled_tips: hint,
      max_length: whole(1, 1000),
      input_type: z.enum(['text', 'multiline_text', 'password']),
      show_icon: flag,
      rows: z.number(),
      auto_resize: flag,
      max_rows: z.number(),
      label: hint,
      label_position: z.enum(['top', 'left']),
    },
  ),
  select_static: component({}, { ...select, initial_option: words, initial_index: whole(0, 10_000), options: choices }),
  multi_select_static: component({}, { ...select, selected_values: z.array(words), options: choices }),
  select_person: component({}, { ...select, initial_option: words, options: people }),
  multi_select_person: component({}, { ...select, selected_values: z.array(words), options: people }),
  date_picker: picker('initial_date', /^(\d{4}-\d{2}-\d{2})?$/),
  picker_time: picker('initial_time', /^(\d{2}:\d{2})?$/),
  picker_datetime: picker('initial_datetime', /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2})?$/),
  checker: component(
    {},
    {
      name: words,
      required: flag,
      checked: flag,
      text,
      overall_checkable: flag,
      padding: edges,
      ...asking,
      ...enabling,
      button_area: exactly({}, { pc_display_rule: z.enum(['always', 'on_hover']), buttons: elements.max(3) }),
      checked_style: exactly({}, { show_strikethrough: flag, opacity: z.number().min(0).max(1) }),
    },
  ),
  overflow: component(
    {
      options: options(
        {},
        {
          text: exactly({}, { tag: z.literal('plain_text'), content: atMost(100), i18n_content: byLocale(words) }),
          multi_url: exactly({}, links),
          value: words,
        },
      ),
    },
    { name: words, width, ...asking },
  ),
  select_img: component(
    {
      options: options({ img_key: words }, { ...localImage, ...enabling, value: words }),
    },
    {
      name: words,
      required: flag,
      disabled: flag,
      disabled_tips: hint,
      ...asking,
      multi_select: flag,
      layout: z.enum(['stretch', 'bisect', 'trisect']),
      can_preview: flag,
      aspect_ratio: z.enum(['1:1', '16:9', '4:3']),
    },
  ),
};
