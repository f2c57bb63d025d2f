import { useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { IconButton } from '../ui/icon.tsx';
import { Detail } from './detail.tsx';
import { filtered, type Row, type Shown } from './log.ts';
import { LogList } from './log-list.tsx';
import { clearLog, detailOpen, query, rows, selected } from './log-state.ts';

/** The log with its filter, and below it the details of one line. */
export function LogView({ shown }: { shown: Shown }) {
  const root = useRef<HTMLElement>(null);
  const held = useSignal<readonly Row[] | null>(null);
  const lines = filtered(held.value ?? rows.value, shown, query.value);
  const open = useComputed(() => (detailOpen.value ? rows.value.find(({ key }) => key === selected.value) : undefined));
  const close = (): void => {
    detailOpen.value = false;
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('[role=listbox]')?.focus());
  };
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !detailOpen.value) return;
    event.stopPropagation();
    close();
  };
  return (
    <section ref={root} class={`log ${open.value ? 'with-detail' : ''}`} aria-label="记录" onKeyDown={closeOnEscape}>
      <div class="log-bar">
        <input
          type="search"
          value={query.value}
          aria-label="筛选"
          placeholder="筛选：类型、路径、编号、状态"
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
        <IconButton
          icon={held.value ? 'play' : 'pause'}
          label={held.value ? '继续' : '暂停'}
          onClick={() => {
            held.value = held.value ? null : rows.value;
          }}
        />
        <IconButton
          icon="clear"
          label="清空"
          onClick={() => {
            held.value = null;
            clearLog();
          }}
        />
      </div>
      {held.value && <p class="log-held">已暂停，新到{newer(held.value).length}条</p>}
      <div class="log-parts">
        {lines.length === 0 ? <Nothing /> : <LogList rows={lines} />}
        {open.value && <Detail row={open.value} onClose={close} />}
      </div>
    </section>
  );
}

/** What came since the list was held. */
function newer(shown: readonly Row[]): readonly Row[] {
  const known = new Set(shown.map(({ key }) => key));
  return rows.value.filter(({ key }) => !known.has(key));
}

const Nothing = () => (
  <p class="quiet centred">{rows.value.length === 0 ? '还没有事件和调用。在会话里说一句话试试。' : '没有符合筛选的'}</p>
);
