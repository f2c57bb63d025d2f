import { IconButton } from '../../../ui/icon.tsx';

/** Walks through the pages of a table. */
export const Pager = (props: { page: number; pages: number; onPage: (page: number) => void }) => (
  <nav class="pager" aria-label="表格翻页">
    <IconButton icon="back" label="上一页" disabled={props.page === 1} onClick={() => props.onPage(props.page - 1)} />
    <span aria-live="polite">
      {props.page} / {props.pages}
    </span>
    <IconButton
      icon="right"
      label="下一页"
      disabled={props.page === props.pages}
      onClick={() => props.onPage(props.page + 1)}
    />
  </nav>
);
