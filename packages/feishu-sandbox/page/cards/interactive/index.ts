import type { CardComponent } from '../element.tsx';

/** Components that are used: tag → component. */
export const interactive: Readonly<Record<string, CardComponent>> = {};
