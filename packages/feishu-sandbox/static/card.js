// Draws a card (JSON 2.0) with DOM calls only: no text of a card is ever parsed as HTML.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class') node.className = value;
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decode(text) {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name) => {
    if (name[0] !== '#') return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const attr = (source, name) => new RegExp(`\\b${name}\\s*=\\s*['"]?([^'"\\s>]+)`).exec(source)?.[1] ?? '';
const safeUrl = (url) => (/^https?:\/\//i.test(url) ? url : null);

function link(label, url) {
  const href = safeUrl(url);
  return href ? el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...label) : el('span', {}, ...label);
}

// Each rule: pattern, and what it becomes; `inner` is marked up again.
const INLINE = [
  [/<at\s([^>]*)>(?:[^<]*<\/at>)?/, (m, names) => [atNode(m[1], names)]],
  [/<person\s([^>]*)>(?:[^<]*<\/person>)?/, (m, names) => [names(attr(m[1], 'id'))]],
  [
    /<font\s([^>]*)>([\s\S]*?)<\/font>/,
    (m, names) => [el('span', { class: colorClass(attr(m[1], 'color')) }, ...inline(m[2], names))],
  ],
  [/<text_tag\b[^>]*>([\s\S]*?)<\/text_tag>/, (m, names) => [el('span', { class: 'tag' }, ...inline(m[1], names))]],
  [/<br\s*\/?>/, () => ['\n']],
  [/<\/?[a-z_]+(?:\s[^<>]*)?\/?>/, () => []],
  [/!\[([^\]]*)\]\([^)]*\)/, (m) => [`［图：${decode(m[1])}］`]],
  [/\[([^\]]*)\]\(([^)\s]*)\)/, (m, names) => [link(inline(m[1], names), m[2])]],
  [/\*\*([^\n]+?)\*\*/, (m, names) => [el('strong', {}, ...inline(m[1], names))]],
  [/~~([^\n]+?)~~/, (m, names) => [el('s', {}, ...inline(m[1], names))]],
  [/`([^`\n]+)`/, (m) => [el('code', {}, decode(m[1]))]],
  [/(?<!\*)\*([^*\s][^*\n]*?)\*(?!\*)/, (m, names) => [el('em', {}, ...inline(m[1], names))]],
];

function atNode(source, names) {
  const ids = (attr(source, 'id') || attr(source, 'ids')).split(',');
  return el('span', { class: 'at' }, ids.map((id) => `@${id === 'all' ? '所有人' : names(id)}`).join(' '));
}

const colorClass = (color) => (/^(grey|gray)/.test(color) ? 'grey' : `color-${color.replace(/[^a-z]/gi, '')}`);

function inline(text, names) {
  let first = null;
  for (const [pattern, make] of INLINE) {
    const match = pattern.exec(text);
    if (match && (first === null || match.index < first.match.index)) first = { match, make };
  }
  if (!first) return text === '' ? [] : [decode(text)];
  const { match, make } = first;
  const rest = text.slice(match.index + match[0].length);
  return [decode(text.slice(0, match.index)), ...make(match, names), ...inline(rest, names)];
}

export function markdown(text, names, extra = '') {
  const nodes = String(text ?? '')
    .split('\n')
    .flatMap((line, index) => [...(index > 0 ? ['\n'] : []), ...markdownLine(line, names)]);
  return el('div', { class: `markdown ${extra}` }, ...nodes);
}

function markdownLine(line, names) {
  if (/^\s*(-{3,}|<hr>)\s*$/.test(line)) return [el('hr')];
  const heading = /^#{1,6}\s+(.*)$/.exec(line);
  if (heading) return [el('strong', {}, ...inline(heading[1], names))];
  const bullet = /^(\s*)[-*]\s+(.*)$/.exec(line);
  return bullet ? [`${bullet[1]}• `, ...inline(bullet[2], names)] : inline(line, names);
}

const list = (value) => (Array.isArray(value) ? value.filter((one) => one && typeof one === 'object') : []);

function textNodes(value, names) {
  if (typeof value === 'string') return [value];
  if (!value || typeof value !== 'object') return [];
  return value.tag === 'lark_md' ? inline(String(value.content ?? ''), names) : [String(value.content ?? '')];
}

const plain = (value) => (typeof value === 'string' ? value : String(value?.content ?? ''));

/** `context`: { names(id), click({ name | value | text, form_value }), people: [{ open_id, name }] } */
export function renderCard(card, context) {
  const { names } = context;
  const header = card.header;
  const root = el('article', { class: `card ${String(header?.template ?? '').replace(/[^a-z]/g, '')}` });
  if (header) {
    const tags = list(header.text_tag_list).map((tag) => el('span', { class: 'tag' }, ...textNodes(tag.text, names)));
    const subtitle = plain(header.subtitle) ? [el('small', {}, ...textNodes(header.subtitle, names))] : [];
    root.append(el('header', {}, ...tags, ...textNodes(header.title, names), ...subtitle));
  }
  root.append(el('div', { class: 'body' }, ...elements(card.body?.elements, context)));
  return root;
}

const elements = (items, context) => list(items).map((item) => element(item, context));

function element(item, context) {
  const { names } = context;
  const small = item.text_size === 'notation' || item.text?.text_size === 'notation' ? 'notation' : '';
  switch (item.tag) {
    case 'markdown':
      return markdown(item.content, names, small);
    case 'div': {
      const fields = list(item.fields).map((field) => el('div', {}, ...textNodes(field.text, names)));
      return el('div', { class: `markdown ${small}` }, ...textNodes(item.text, names), ...fields);
    }
    case 'hr':
      return el('hr');
    case 'column_set':
      return el('div', { class: 'columns' }, ...list(item.columns).map((column) => columnNode(column, context)));
    case 'collapsible_panel':
      return panel(item, context);
    case 'interactive_container':
      return el('div', { class: 'column' }, ...elements(item.elements, context));
    case 'form':
      return formNode(item, context);
    case 'button':
      return button(item, context);
    case 'table':
      return table(item, names);
    case 'person':
      return el('span', { class: 'at' }, names(String(item.user_id)));
    case 'person_list':
      return el(
        'span',
        { class: 'at' },
        list(item.persons)
          .map(({ id }) => names(String(id)))
          .join('、'),
      );
    case 'img':
      return el('span', { class: 'grey' }, `［图：${plain(item.alt) || plain(item.title) || '图片'}］`);
    case 'chart':
      return el('span', { class: 'grey' }, `［图表：${item.chart_spec?.title?.text ?? ''}］`);
    default:
      return FIELDS[item.tag] ? standalone(item, context) : el('span', { class: 'grey' }, `［${String(item.tag)}］`);
  }
}

function columnNode(column, context) {
  const weighted = column.width === 'weighted' || column.width === undefined;
  return el('div', { class: `column ${weighted ? 'weighted' : ''}` }, ...elements(column.elements, context));
}

function panel(item, context) {
  const title = el('summary', {}, ...textNodes(item.header?.title, context.names));
  return el(
    'details',
    { open: item.expanded === true },
    title,
    el('div', { class: 'body' }, ...elements(item.elements, context)),
  );
}

function table(item, names) {
  const columns = list(item.columns);
  const head = el('tr', {}, ...columns.map((column) => el('th', {}, String(column.display_name ?? column.name ?? ''))));
  const rows = list(item.rows).map((row) =>
    el('tr', {}, ...columns.map((column) => el('td', {}, ...cell(column, row[column.name], names)))),
  );
  return el('div', { class: 'scroll' }, el('table', {}, head, ...rows));
}

function cell(column, value, names) {
  if (Array.isArray(value)) return value.flatMap((one, index) => [index > 0 ? '、' : '', ...cell(column, one, names)]);
  if (value && typeof value === 'object') return [String(value.text ?? '')];
  if (column.data_type === 'persons') return [names(String(value ?? ''))];
  if (column.data_type === 'date' && typeof value === 'number')
    return [new Date(value + 288e5).toISOString().slice(0, 10)];
  if (['lark_md', 'markdown'].includes(column.data_type)) return inline(String(value ?? ''), names);
  return [value === null || value === undefined ? '' : String(value)];
}

const callbackOf = (item) => list(item.behaviors).find(({ type }) => type === 'callback')?.value ?? item.value;
const urlOf = (item) => list(item.behaviors).find(({ type }) => type === 'open_url')?.default_url;

/** How to name a component to the sandbox. */
function handleOf(item) {
  if (item.name) return { name: item.name };
  const value = callbackOf(item);
  return value === undefined ? { text: plain(item.text) } : { value };
}

function button(item, context) {
  const style = /primary/.test(item.type ?? '') ? 'primary' : /danger/.test(item.type ?? '') ? 'danger' : '';
  const submits = item.form_action_type === 'submit';
  const type = submits ? 'submit' : item.form_action_type === 'reset' ? 'reset' : 'button';
  const node = el(
    'button',
    { class: `button ${style}`, type, disabled: item.disabled === true },
    ...textNodes(item.text, context.names),
  );
  if (submits) node.dataset.handle = JSON.stringify(handleOf(item));
  node.addEventListener('click', (event) => {
    if (item.confirm && !window.confirm(`${plain(item.confirm.title)}\n${plain(item.confirm.text)}`)) {
      event.preventDefault();
      return;
    }
    const url = safeUrl(urlOf(item) ?? '');
    if (url) window.open(url, '_blank', 'noopener');
    if (type === 'button' && (!url || callbackOf(item) !== undefined)) context.click(handleOf(item), node);
  });
  return node;
}

function formNode(item, context) {
  const form = el('form', {}, ...elements(item.elements, { ...context, inForm: true }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const handle = JSON.parse(event.submitter?.dataset.handle ?? 'null');
    if (!handle) return;
    const form_value = {};
    for (const field of form.querySelectorAll('[data-field]')) {
      const value = readField(field);
      if (value !== '' && value !== undefined) form_value[field.dataset.field] = value;
    }
    context.click({ ...handle, form_value }, event.submitter);
  });
  return form;
}

function readField(field) {
  if (field.type === 'checkbox') return field.checked;
  if (field.multiple) return [...field.selectedOptions].map(({ value }) => value);
  return field.type === 'datetime-local' ? field.value.replace('T', ' ') : field.value;
}

const options = (item, chosen, names) => {
  const first = item.initial_index ? list(item.options)[item.initial_index - 1]?.value : undefined;
  return list(item.options).map((option) =>
    el(
      'option',
      { value: option.value, selected: [].concat(chosen ?? first ?? []).includes(option.value) },
      ...(option.text ? textNodes(option.text, names) : [names(String(option.value))]),
    ),
  );
};
const people = (item, context) =>
  list(item.options).length > 0
    ? options(item, item.initial_option, context.names)
    : context.people.map(({ open_id, name }) => el('option', { value: open_id }, name));
const empty = (item) => el('option', { value: '' }, plain(item.placeholder) || '请选择');

const FIELDS = {
  input: (item) =>
    item.input_type === 'multiline_text'
      ? el(
          'textarea',
          { rows: item.rows ?? 4, maxlength: item.max_length, placeholder: plain(item.placeholder) },
          item.default_value ?? '',
        )
      : el('input', {
          type: item.input_type === 'password' ? 'password' : 'text',
          maxlength: item.max_length,
          placeholder: plain(item.placeholder),
          value: item.default_value,
        }),
  select_static: (item, context) => el('select', {}, empty(item), ...options(item, item.initial_option, context.names)),
  multi_select_static: (item, context) =>
    el('select', { multiple: true }, ...options(item, item.selected_values, context.names)),
  select_person: (item, context) => el('select', {}, empty(item), ...people(item, context)),
  multi_select_person: (item, context) => el('select', { multiple: true }, ...people(item, context)),
  date_picker: (item) => el('input', { type: 'date', value: item.initial_date }),
  picker_time: (item) => el('input', { type: 'time', value: item.initial_time }),
  picker_datetime: (item) => el('input', { type: 'datetime-local', value: item.initial_datetime?.replace(' ', 'T') }),
  checker: (item) => el('input', { type: 'checkbox', checked: item.checked === true }),
};

/** A field in a form waits for the submit button; one on its own reports each change. */
function standalone(item, context) {
  const field = FIELDS[item.tag](item, context);
  if (item.required) field.setAttribute('required', '');
  if (item.disabled) field.disabled = true;
  if (item.name) field.dataset.field = item.name;
  if (!context.inForm) {
    field.addEventListener('change', () => context.click({ ...handleOf(item), option: readField(field) }, field));
  }
  const caption =
    plain(item.label) ||
    (item.tag === 'checker' ? plain(item.text) : '') ||
    (field.placeholder ? '' : plain(item.placeholder));
  const label = caption ? [el('span', {}, item.required ? `${caption} *` : caption)] : [];
  return el('label', { class: 'field' }, ...label, field);
}
