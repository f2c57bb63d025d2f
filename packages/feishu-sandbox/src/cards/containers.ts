import { z } from 'zod';
import {
  asking,
  component,
  edges,
  elements,
  enabling,
  exactly,
  flag,
  height,
  icon,
  layout,
  linkAction,
  markdownText,
  radius,
  side,
  spacing,
  whole,
  width,
  words,
} from './shapes.ts';

/** What holds other components. */
export const CONTAINERS: Record<string, z.ZodType> = {
  column_set: component(
    { columns: elements },
    {
      horizontal_spacing: spacing,
      horizontal_align: side,
      background_style: words,
      action: linkAction,
      flex_mode: z.enum(['none', 'stretch', 'flow', 'bisect', 'trisect']),
    },
  ),
  column: component(
    {},
    { ...layout, elements, width, weight: whole(1, 5), background_style: words, action: linkAction },
  ),
  form: component({ elements }, { ...layout, name: words }),
  collapsible_panel: component(
    {
      header: exactly(
        {},
        {
          title: markdownText,
          background_color: words,
          width,
          vertical_align: height,
          padding: edges,
          icon,
          position: words,
          icon_position: z.enum(['left', 'right', 'follow_text']),
          icon_expanded_angle: z.number(),
        },
      ),
    },
    {
      ...layout,
      elements,
      expanded: flag,
      background_color: words,
      border: exactly({}, { color: words, corner_radius: radius }),
    },
  ),
  interactive_container: component(
    { elements },
    {
      ...layout,
      name: words,
      width,
      height: z.string().regex(/^(auto|\d+px)$/),
      background_style: words,
      has_border: flag,
      border_color: words,
      corner_radius: radius,
      ...asking,
      ...enabling,
    },
  ),
};
