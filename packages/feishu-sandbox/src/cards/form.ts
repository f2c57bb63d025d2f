import { childrenOf, FORM_FIELDS, isObject, type Json, objects, tagOf, text, walk } from './tree.ts';

export type FormResult = { ok: true; values: Json } | { ok: false; message: string };

type Encoded = { value: unknown } | { fault: string };

/** The fields of a form, in the order in which they are seen. */
export const fieldsOf = (form: Json): Json[] =>
  [...walk(childrenOf(form))].map(({ element }) => element).filter((one) => FORM_FIELDS.has(tagOf(one)));

/** What the client would send for this form: defaults, then what was filled in; or why it would not send anything. */
export function fillForm(form: Json, given: Json, personId: (key: string) => string | null): FormResult {
  const fields = fieldsOf(form);
  const names = new Set(fields.map((field) => text(field.name)));
  const stray = Object.keys(given).find((name) => !names.has(name));
  if (stray !== undefined) return { ok: false, message: `the form has no field ${stray}` };
  const values: Json = {};
  for (const field of fields) {
    const name = text(field.name);
    const raw = given[name] ?? initialValue(field);
    if (isEmpty(raw)) {
      if (field.required === true) return { ok: false, message: `${name} is required` };
      if (tagOf(field) === 'input') values[name] = '';
      continue;
    }
    const encoded = encodeField(field, raw, personId);
    if ('fault' in encoded) return { ok: false, message: `${name}: ${encoded.fault}` };
    values[name] = encoded.value;
  }
  return { ok: true, values };
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What a field holds before anybody touches it. */
export function initialValue(field: Json): unknown {
  if (tagOf(field) === 'checker') return field.checked === true;
  const index = field.initial_index;
  const indexed = typeof index === 'number' ? objects(field.options)[index - 1]?.value : undefined;
  const dates = field.initial_date ?? field.initial_time ?? field.initial_datetime;
  return field.default_value ?? field.initial_option ?? indexed ?? field.selected_values ?? dates;
}

const ZONE = ' +0800';
const PICKERS: Record<string, RegExp> = {
  date_picker: /^\d{4}-\d{2}-\d{2}$/,
  picker_time: /^\d{2}:\d{2}$/,
  picker_datetime: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/,
};

/** Turns a plain value into the form in which the client reports it. */
export function encodeField(field: Json, raw: unknown, personId: (key: string) => string | null): Encoded {
  const tag = tagOf(field);
  if (tag === 'checker') return typeof raw === 'boolean' ? { value: raw } : { fault: 'is not true or false' };
  if (tag.startsWith('multi_') || field.multi_select === true) return encodeList(field, tag, raw, personId);
  if (typeof raw !== 'string') return { fault: 'is not a text' };
  const picker = PICKERS[tag];
  if (picker) {
    const bare = raw.replace('T', ' ').replace(/ \+0800$/, '');
    return picker.test(bare) ? { value: bare + ZONE } : { fault: `${raw} is malformed` };
  }
  if (tag === 'input') {
    const longest = typeof field.max_length === 'number' ? field.max_length : 1000;
    return [...raw].length <= longest ? { value: raw } : { fault: `is longer than ${longest}` };
  }
  return encodeOption(field, tag, raw, personId);
}

function encodeList(field: Json, tag: string, raw: unknown, personId: (key: string) => string | null): Encoded {
  if (!Array.isArray(raw)) return { fault: 'is not a list' };
  const value: unknown[] = [];
  for (const item of raw) {
    const encoded =
      typeof item === 'string' ? encodeOption(field, tag, item, personId) : { fault: 'is not a list of texts' };
    if ('fault' in encoded) return encoded;
    value.push(encoded.value);
  }
  return { value };
}

function encodeOption(field: Json, tag: string, raw: string, personId: (key: string) => string | null): Encoded {
  const value = tag.endsWith('person') ? personId(raw) : raw;
  if (value === null) return { fault: `nobody is called ${raw}` };
  const options = objects(field.options);
  if (tag.endsWith('person') && options.length === 0) return { value };
  const known = options.some((option) => option.value === value || (isObject(option) && option.value === raw));
  return known ? { value } : { fault: `${raw} is no option` };
}
