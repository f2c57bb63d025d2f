import { useEffect, useRef } from 'preact/hooks';
import { dayText, fineTimeText } from '../core/time.ts';
import { IconButton } from '../ui/icon.tsx';
import { CallDetails } from './call-detail.tsx';
import { EventDetails } from './event-detail.tsx';
import { lineOf, type Row } from './log.ts';
import { Result } from './log-list.tsx';

/** Everything about one line of the log. */
export function Detail({ row, onClose }: { row: Row; onClose: () => void }) {
  const box = useRef<HTMLElement>(null);
  const line = lineOf(row);
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
    // Where there is room for one only, the list and with it the focus are gone.
    if (document.activeElement === document.body) box.current?.focus();
  }, [row.key]);
  return (
    <section ref={box} class="log-detail" tabIndex={-1} aria-label={`详情：${line.title}`}>
      <header class="detail-head">
        <h2>{line.title}</h2>
        <IconButton icon="close" label="关闭详情" onClick={onClose} />
        <p class="quiet">
          {dayText(row.at)}
          {fineTimeText(row.at)} {line.type}
        </p>
        <Result line={line} />
      </header>
      {row.kind === 'event' ? (
        <EventDetails key={row.key} event={row.event} />
      ) : (
        <CallDetails key={row.key} call={row.call} />
      )}
    </section>
  );
}
