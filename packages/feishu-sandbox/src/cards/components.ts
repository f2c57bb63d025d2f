import type { z } from 'zod';
import { CONTAINERS } from './containers.ts';
import { CONTROLS } from './controls.ts';
import { DISPLAY } from './display.ts';

const ALL = new Map(Object.entries({ ...DISPLAY, ...CONTAINERS, ...CONTROLS }));

/** Card JSON 2.0: the shape of a component, with every property that it knows. Where it may stand is another matter. */
export const shapeOf = (tag: string): z.ZodType | undefined => ALL.get(tag);
