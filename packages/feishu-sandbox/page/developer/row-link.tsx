import type { ComponentChildren } from 'preact';
import { Icon } from '../ui/icon.tsx';
import { showRow } from './log-state.ts';

/** A line of the details that leads to another row. */
export const RowLink = ({ to, children }: { to: string; children: ComponentChildren }) => (
  <button type="button" class="row-link" onClick={() => showRow(to)}>
    <Icon name="forward" />
    <span>{children}</span>
  </button>
);
