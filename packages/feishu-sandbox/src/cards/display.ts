import { z } from 'zod';
import { chartSpec } from './chart.ts';
import {
  byLocale,
  component,
  exactly,
  flag,
  hint,
  icon,
  localImage,
  radius,
  saysSomething,
  side,
  text,
  whole,
  width,
  words,
} from './shapes.ts';
import { checkRows, tableNeeds, tableShape } from './table.ts';

const avatar = z.enum(['extra_small', 'small', 'medium', 'large']);
const imgSize = words.refine((size) => size !== 'stretch_without_padding', {
  message: 'cards of schema V2 no longer support this capability; size: stretch_without_padding',
  params: { code: 200861 },
});

/** What is only looked at. */
export const DISPLAY: Record<string, z.ZodType> = {
  markdown: component(
    {},
    { content: words, i18n_content: byLocale(words), text_size: words, text_align: side, icon },
  ).refine(saysSomething, 'has no content'),
  div: component({}, { text, icon, width, fields: z.array(exactly({ text }, { is_short: flag })) }),
  hr: component({}),
  img: component(
    { img_key: words },
    {
      ...localImage,
      alt: hint,
      title: hint,
      corner_radius: radius,
      size: imgSize,
      transparent: flag,
      scale_type: z.enum(['crop_center', 'fit_horizontal', 'crop_top']),
      preview: flag,
      mode: words,
      custom_width: z.union([words, z.number()]),
      compact_width: flag,
    },
  ),
  img_combination: component(
    {
      combination_mode: z.enum(['double', 'triple', 'bisect', 'trisect']),
      img_list: z.array(exactly({ img_key: words }, { ...localImage, transparent: flag })).min(1),
    },
    { combination_transparent: flag, corner_radius: radius },
  ),
  person: component(
    { user_id: words },
    { size: avatar, show_avatar: flag, show_name: flag, style: z.enum(['normal', 'capsule']) },
  ),
  person_list: component(
    { persons: z.array(exactly({ id: words })) },
    {
      drop_invalid_user_id: flag,
      lines: whole(1, 1000),
      show_name: flag,
      show_avatar: flag,
      size: avatar,
      icon,
      ud_icon: exactly({}, { token: words, style: exactly({}, { color: words }) }),
    },
  ),
  chart: component(
    { chart_spec: chartSpec },
    {
      aspect_ratio: z.enum(['1:1', '2:1', '4:3', '16:9']),
      color_theme: z.enum(['brand', 'rainbow', 'complementary', 'converse', 'primary']),
      preview: flag,
      height: z.string().regex(/^(auto|[1-9]\d{0,2}px)$/),
    },
  ),
  table: component(tableNeeds, tableShape).superRefine(checkRows),
};
