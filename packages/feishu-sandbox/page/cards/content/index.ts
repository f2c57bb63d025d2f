import type { CardComponent } from '../element.tsx';

/** Components that show: tag → component. */
export const content: Readonly<Record<string, CardComponent>> = {};
