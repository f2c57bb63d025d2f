import { fineTimeText } from '../core/time.ts';
import { lineOf, type Row } from './log.ts';
import { showRow } from './log-state.ts';

/** A line of the details that leads to another row. */
export function RowLink({ row }: { row: Row }) {
  const { title, type, result } = lineOf(row);
  return (
    <button type="button" class="row-link" onClick={() => showRow(row.key)}>
      <small>{fineTimeText(row.at)}</small>
      <span>
        ← {title} <small>{type}</small>
      </span>
      <small>{result}</small>
    </button>
  );
}
