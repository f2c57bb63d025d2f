/** A component of each kind with every property that the documents know; the key is its tag. */
type Element = Record<string, unknown>;

const plain = (content: string, more: object = {}): Element => ({ tag: 'plain_text', content, ...more });
const common = (id: string): Element => ({ element_id: id, margin: '4px -12px 4px -12px' });
const icon = { tag: 'standard_icon', token: 'chat_outlined', color: 'orange', size: '16px 16px' };
const ownIcon = { tag: 'custom_icon', img_key: 'img_own', i18n_img_key: { en_us: 'img_own' } };
const confirm = { title: plain('请确认'), text: plain('提交后不能再改') };
const callback = { type: 'callback', value: { op: 'save', n: 1 } };
const devices = { pc_url: 'https://a.example', ios_url: 'lark://msgcard/unsupported_action', android_url: '' };
const openUrl = { type: 'open_url', default_url: 'https://a.example', ...devices };
const behaviors = [openUrl, callback];
const layout = {
  direction: 'horizontal',
  padding: '12px 8px',
  horizontal_spacing: 'large',
  horizontal_align: 'center',
  vertical_spacing: '4px',
  vertical_align: 'bottom',
};
const field = { disabled: false, width: 'fill', behaviors: [callback], confirm, placeholder: plain('请选择') };
const said = plain('文字', { text_size: 'heading-3', text_color: 'grey', text_align: 'right', lines: 2 });

export const markdown: Element = { tag: 'markdown', content: '**粗** ![图](img_own) <at id=ou_own></at>' };
export const submit: Element = { tag: 'button', text: plain('交'), name: 'submit', form_action_type: 'submit' };
export const form = (elements: object[], more: object = {}): Element => ({
  tag: 'form',
  name: 'form',
  elements,
  ...more,
});
export const columns = (elements: object[]): Element => ({
  tag: 'column_set',
  columns: [{ tag: 'column', elements }],
});
export const panel = (elements: object[]): Element => ({
  tag: 'collapsible_panel',
  header: { title: plain('更多') },
  elements,
});
export const table = (more: object = {}): Element => ({
  tag: 'table',
  columns: [{ name: 'n', data_type: 'number' }],
  rows: [{ n: 1 }],
  ...more,
});
export const chart = (spec: unknown): Element => ({ tag: 'chart', chart_spec: spec });
export const bar = { type: 'bar', data: { values: [{ x: 'a', y: 1 }] }, xField: 'x', yField: 'y' };

const column: Element = {
  ...{ tag: 'column', ...common('c1'), ...layout, width: 'weighted', weight: 5, background_style: 'grey-50' },
  ...{ action: { multi_url: { url: 'https://a.example', ...devices } }, elements: [markdown] },
};

export const LEGAL: Record<string, Element> = {
  markdown: {
    ...markdown,
    ...common('m'),
    text_size: 'notation',
    text_align: 'left',
    icon,
    i18n_content: { en_us: 'b' },
  },
  div: {
    tag: 'div',
    ...common('d'),
    text: said,
    icon: ownIcon,
    width: '200px',
    fields: [{ is_short: true, text: said }],
  },
  hr: { tag: 'hr', ...common('h') },
  img: {
    ...{ tag: 'img', ...common('i'), img_key: 'img_own', i18n_img_key: { en_us: 'img_own' }, alt: plain('') },
    ...{ title: plain('图'), corner_radius: '5%', scale_type: 'crop_top', size: '100px 100px', transparent: false },
    ...{ preview: true, mode: 'large', custom_width: '300px', compact_width: false },
  },
  img_combination: {
    ...{ tag: 'img_combination', ...common('ic'), combination_mode: 'double', combination_transparent: false },
    ...{ corner_radius: '12px', img_list: [{ img_key: 'img_own', transparent: false }, { img_key: 'img_own' }] },
  },
  person: {
    ...{ tag: 'person', ...common('p'), user_id: 'ou_own', size: 'extra_small', show_avatar: true, show_name: false },
    style: 'capsule',
  },
  person_list: {
    ...{ tag: 'person_list', ...common('pl'), persons: [{ id: 'ou_own' }], drop_invalid_user_id: false, lines: 1 },
    ...{ show_name: true, show_avatar: true, size: 'large', icon, ud_icon: { token: 'x', style: { color: 'red' } } },
  },
  chart: {
    ...{ ...chart(bar), ...common('ch'), aspect_ratio: '16:9', color_theme: 'rainbow', preview: false },
    height: '300px',
  },
  table: {
    ...{ tag: 'table', ...common('t1'), page_size: 5, row_height: 'auto', row_max_height: '50px' },
    freeze_first_column: true,
    header_style: {
      ...{ text_align: 'left', text_size: 'normal', background_style: 'none', text_color: 'grey', bold: true },
      lines: 1,
    },
    columns: [
      { name: 'a', display_name: '甲', width: 'auto', data_type: 'text', vertical_align: 'top' },
      { name: 'b', data_type: 'lark_md', horizontal_align: 'left' },
      { name: 'c', data_type: 'number', format: { symbol: '¥', precision: 2, separator: true }, width: '120px' },
      { name: 'd', data_type: 'options', width: '20%' },
      { name: 'e', data_type: 'persons' },
      { name: 'f', data_type: 'date', date_format: 'YYYY/MM/DD' },
      { name: 'g', data_type: 'markdown' },
    ],
    rows: [
      {
        a: 1,
        b: '[x](https://a.example)',
        c: 168.2,
        d: [{ text: 'S', color: 'blue' }],
        e: ['ou_own'],
        f: 1_699_341_315_000,
      },
      { a: '甲', d: 'S', e: 'ou_nobody', g: null },
    ],
  },
  column_set: {
    ...{ tag: 'column_set', ...common('cs'), horizontal_spacing: 'default', horizontal_align: 'left' },
    ...{ flex_mode: 'bisect', background_style: 'default', columns: [column] },
    action: { multi_url: { url: 'https://a.example', ...devices } },
  },
  form: { ...form([markdown, submit]), ...common('f'), ...layout },
  collapsible_panel: {
    ...{ tag: 'collapsible_panel', ...common('cp'), ...layout, expanded: true, background_color: 'grey' },
    border: { color: 'grey', corner_radius: '5px' },
    header: {
      ...{ title: { tag: 'markdown', content: '**题**' }, background_color: 'grey', vertical_align: 'center' },
      ...{ padding: '4px 0px 4px 8px', position: 'top', width: 'auto_when_fold', icon, icon_position: 'follow_text' },
      icon_expanded_angle: -180,
    },
    elements: [markdown],
  },
  interactive_container: {
    ...{ tag: 'interactive_container', ...common('icr'), ...layout, width: 'fill', height: 'auto', behaviors, confirm },
    ...{ background_style: 'laser', has_border: true, border_color: 'grey', corner_radius: '40px', disabled: false },
    ...{ disabled_tips: plain('不行'), hover_tips: plain('点'), elements: [markdown] },
  },
  button: {
    ...{ tag: 'button', ...common('b'), text: plain('好'), type: 'danger_filled', size: 'tiny', width: '120px', icon },
    ...{ hover_tips: {}, disabled: true, disabled_tips: plain('不行'), confirm, behaviors, name: 'ok' },
  },
  input: {
    ...{ tag: 'input', ...common('in'), name: 'in', ...field, disabled_tips: plain('不行'), default_value: 'demo' },
    ...{ max_length: 5, input_type: 'multiline_text', rows: 1, auto_resize: true, max_rows: 5, show_icon: false },
    ...{ label: plain('姓名'), label_position: 'left', value: 'v', required: false },
  },
  select_static: {
    ...{
      tag: 'select_static',
      ...common('ss'),
      name: 'ss',
      ...field,
      type: 'text',
      initial_option: '一',
      initial_index: 2,
    },
    options: [
      { text: plain('一'), icon, value: '1' },
      { text: plain('二'), value: '2' },
    ],
  },
  multi_select_static: {
    ...{ tag: 'multi_select_static', ...common('ms'), name: 'ms', ...field, type: 'default', selected_values: ['1'] },
    ...{ required: true, options: [{ text: plain('一'), icon, value: '1' }] },
  },
  select_person: {
    ...{ tag: 'select_person', ...common('sp'), name: 'sp', ...field, type: 'text', initial_option: 'ou_own' },
    options: [{ value: 'ou_own' }, { value: 'ou_own' }],
  },
  multi_select_person: {
    ...{ tag: 'multi_select_person', ...common('mp'), name: 'mp', ...field, type: 'text', selected_values: ['ou_own'] },
    ...{ required: true, options: [] },
  },
  date_picker: {
    tag: 'date_picker',
    ...common('dp'),
    name: 'dp',
    ...field,
    initial_date: '2026-11-20',
    value: { k: 1 },
  },
  picker_time: { tag: 'picker_time', ...common('pt'), name: 'pt', ...field, initial_time: '15:00' },
  picker_datetime: {
    ...{ tag: 'picker_datetime', ...common('pd'), name: 'pd', ...field },
    initial_datetime: '2026-11-20 15:00',
  },
  checker: {
    ...{ tag: 'checker', ...common('ck'), name: 'ck', checked: false, text: said, overall_checkable: true },
    button_area: { pc_display_rule: 'on_hover', buttons: [{ tag: 'button', name: 'more', icon, behaviors: [] }] },
    ...{ checked_style: { show_strikethrough: true, opacity: 0.5 }, padding: '0', confirm, behaviors: [callback] },
    ...{ hover_tips: plain('点'), disabled: false, disabled_tips: {} },
  },
  overflow: {
    ...{ tag: 'overflow', ...common('of'), width: 'default', behaviors: [callback], confirm },
    options: [
      { text: plain('看'), multi_url: { url: 'https://a.example', ...devices }, value: 'look' },
      { value: 'go' },
    ],
  },
  select_img: {
    ...{ tag: 'select_img', ...common('si'), name: 'si', multi_select: false, layout: 'trisect', required: false },
    ...{ can_preview: false, aspect_ratio: '4:3', disabled: false, disabled_tips: plain('不行'), value: { k: 1 } },
    options: [{ img_key: 'img_own', value: '1', disabled: false, disabled_tips: plain(''), hover_tips: plain('一') }],
    ...{ behaviors: [callback], confirm },
  },
};

const textTag = (content: string): Element => ({ tag: 'text_tag', text: plain(content), color: 'neutral' });

/** Everything around the elements. */
export const FRAME: Element = {
  schema: '2.0',
  config: {
    ...{ update_multi: true, enable_forward: true, enable_forward_interaction: false, width_mode: 'fill' },
    ...{
      summary: { content: '摘要', i18n_content: { en_us: 's' } },
      locales: ['en_us'],
      use_custom_translation: false,
    },
    style: {
      text_size: { 'cus-0': { default: 'medium', pc: 'medium', mobile: 'large' } },
      color: { 'cus-0': { light_mode: 'rgba(5,157,178,0.52)', dark_mode: 'rgba(78,23,108,0.49)' } },
    },
    streaming_mode: true,
    streaming_config: { print_frequency_ms: { default: 30, pc: 50 }, print_step: { ios: 2 }, print_strategy: 'fast' },
  },
  card_link: { url: 'https://a.example', ...devices },
  header: {
    ...{ title: plain('题'), subtitle: plain('副题'), template: 'wathet', icon: ownIcon, padding: '12px 8px' },
    ...{ text_tag_list: [textTag('一'), textTag('二'), textTag('三')], i18n_text_tag_list: { en_us: [textTag('a')] } },
  },
  body: { ...layout, elements: [] },
};

export const cardOf = (elements: unknown[], more: object = {}): string =>
  JSON.stringify({ schema: '2.0', body: { elements }, ...more });
