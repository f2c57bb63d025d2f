import { z } from 'zod';

/** Property → what it may hold. */
export type Shape = Record<string, z.ZodType>;

/** Some properties are needed, others may be there, and no other: what 2.0 does not know, it refuses. */
export const exactly = (needed: Shape, optional: Shape = {}): z.ZodType =>
  z.strictObject({ ...needed, ...z.strictObject(optional).partial().shape });

export const flag = z.boolean();
export const words = z.string();
export const side = z.enum(['left', 'center', 'right']);
export const height = z.enum(['top', 'center', 'bottom']);
const direction = z.enum(['vertical', 'horizontal']);
export const whole = (least: number, most: number): z.ZodType => z.int().min(least).max(most);
export const atMost = (most: number): z.ZodType =>
  z.string().refine((value) => [...value].length <= most, `more than ${most} characters`);

/** One to four lengths, as `4px 0`. */
export const edges = z.string().regex(/^-?\d{1,2}(px)?( -?\d{1,2}(px)?){0,3}$/);
export const spacing = z.string().regex(/^(default|small|medium|large|extra_large|\d{1,2}(px)?)?$/);
export const width = z.string().regex(/^(default|auto|auto_when_fold|fill|weighted|\d+px)$/);
export const radius = z.string().regex(/^\d+(px|%)?$/);

/** A value for each of several languages. */
export const byLocale = (value: z.ZodType): z.ZodType => z.record(z.string().regex(/^[a-z]{2}_[a-z]{2}$/), value);

const colours = ['blue', 'wathet', 'turquoise', 'green', 'yellow', 'orange', 'red', 'carmine', 'violet', 'purple'];
export const headerColour = z.enum([...colours, 'indigo', 'grey', 'default']);

const look: Shape = {
  i18n_content: byLocale(words),
  element_id: words,
  text_size: words,
  text_color: words,
  text_align: side,
  lines: z.int().min(1),
};
const textTag = z.enum(['plain_text', 'lark_md']);
export const saysSomething = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('content' in value || 'i18n_content' in value);

/** A text that has to be there. */
export const text = exactly({ tag: textTag }, { content: words, ...look }).refine(saysSomething, 'has no content');
export const shortText = exactly({ tag: textTag }, { content: atMost(100), ...look }).refine(
  saysSomething,
  'has no content',
);
/** The title of a panel, which may be markdown. */
export const markdownText = exactly(
  { tag: z.enum(['plain_text', 'lark_md', 'markdown']) },
  { content: words, ...look },
);
/** A hint may be empty. */
export const hint = exactly({}, { tag: textTag, content: words, ...look });
export const placeholder = exactly({}, { tag: textTag, content: atMost(100), ...look });

export const localImage: Shape = { i18n_img_key: byLocale(words) };
export const icon = exactly(
  {},
  {
    tag: z.enum(['standard_icon', 'custom_icon']),
    token: words,
    color: words,
    size: words,
    img_key: words,
    ...localImage,
    element_id: words,
  },
);

export const links: Shape = { url: words, pc_url: words, ios_url: words, android_url: words };
/** The page that a click on a column opens. */
export const linkAction = exactly({}, { multi_url: exactly({}, links) });

const payload = z.union([words, z.record(words, z.unknown())]);
const { url: _url, ...devices } = links;
const behaviors = z.array(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('callback'), value: payload.optional() }),
    z.strictObject({
      type: z.literal('open_url'),
      ...z.strictObject({ default_url: words, ...devices }).partial().shape,
    }),
    z.strictObject({ type: z.literal('form_action'), behavior: z.enum(['submit', 'reset']) }),
  ]),
);
const confirm = exactly({ title: text, text });

/** What a component asks the bot, and perhaps the reader before that. */
export const asking: Shape = { behaviors, confirm, value: payload };
/** Whether it can be used, and what is said about that. */
export const enabling: Shape = { disabled: flag, disabled_tips: hint, hover_tips: hint };

export const component = (needed: Shape, optional: Shape = {}): z.ZodType =>
  exactly({ tag: words, ...needed }, { element_id: words, margin: edges, ...optional });

/** What is inside is looked at on its own. */
export const elements = z.array(z.record(words, z.unknown()));
export const layout: Shape = {
  direction,
  padding: edges,
  horizontal_spacing: spacing,
  horizontal_align: side,
  vertical_spacing: spacing,
  vertical_align: height,
};
