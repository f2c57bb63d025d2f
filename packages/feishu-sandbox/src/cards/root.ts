import { z } from 'zod';
import {
  byLocale,
  edges,
  elements,
  exactly,
  flag,
  headerColour,
  icon,
  layout,
  links,
  type Shape,
  text,
  words,
} from './shapes.ts';

const perDevice = exactly({}, { default: z.number(), android: z.number(), ios: z.number(), pc: z.number() });
const streaming = exactly(
  {},
  { print_frequency_ms: perDevice, print_step: perDevice, print_strategy: z.enum(['fast', 'delay']) },
);

const config: Shape = {
  update_multi: z.literal(true, 'only true is supported'),
  enable_forward: flag,
  enable_forward_interaction: flag,
  width_mode: z.enum(['default', 'compact', 'fill']),
  /** Of 1.0; the platform lets it pass. */
  wide_screen_mode: flag,
  summary: exactly({}, { content: words, i18n_content: byLocale(words) }),
  locales: z.array(words),
  style: exactly(
    {},
    {
      text_size: z.record(words, exactly({}, { default: words, pc: words, mobile: words })),
      color: z.record(words, exactly({}, { light_mode: words, dark_mode: words })),
    },
  ),
  use_custom_translation: flag,
  streaming_mode: flag,
  streaming_config: streaming,
};

const tags = z
  .array(exactly({ tag: z.literal('text_tag') }, { element_id: words, text, color: words }))
  .max(3, 'more than 3 tags');
const header = exactly(
  { title: text },
  {
    subtitle: text,
    text_tag_list: tags,
    i18n_text_tag_list: byLocale(tags),
    template: headerColour,
    icon,
    padding: edges,
  },
);

/** All of a card but its elements. */
export const ROOT = exactly(
  { schema: z.literal('2.0') },
  {
    config: exactly({}, config),
    card_link: exactly({}, links),
    header,
    body: exactly({ elements: elements }, layout),
  },
);
