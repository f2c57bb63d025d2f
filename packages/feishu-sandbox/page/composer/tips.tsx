import { signal } from '@preact/signals';
import { type Tip, useTip } from '../core/actions.ts';
import { chats, world } from '../core/state.ts';
import { IconButton } from '../ui/icon.tsx';
import { focusBox } from './box.ts';
import { lastSaid } from './send.ts';

const KEY = 'tips-known';
const isKnown = (): boolean => localStorage.getItem(KEY) !== null;
const isUntouched = (): boolean => chats.peek().every(({ last }) => last === 0);

/** Null until somebody folds or opens them: then they are open where nothing was said yet, or in a new browser. */
const choice = signal<boolean | null>(null);
let firstView: boolean | undefined;

function isOpen(): boolean {
  firstView ??= isUntouched() || !isKnown();
  if (lastSaid.value) localStorage.setItem(KEY, '1');
  return choice.value ?? firstView;
}

function setOpen(open: boolean): void {
  choice.value = open;
  if (!open) localStorage.setItem(KEY, '1');
}

/** The world's sentences to try: a click puts one into the box, with who says it and where. */
export function Tips() {
  const { tips } = world.value;
  if (tips.length === 0 || !isOpen()) return null;
  return (
    <section class="tips" aria-label="示例">
      <p class="quiet">试试看：点一句，再按发送</p>
      <IconButton icon="close" label="收起示例" onClick={() => setOpen(false)} />
      <div class="tip-row">
        {tips.map((tip) => (
          <button key={tip.label} type="button" class="tip" title={tip.text} onClick={() => take(tip)}>
            {tip.label}
          </button>
        ))}
      </div>
    </section>
  );
}

/** Clicked twice, a chip changes nothing but still leads to the box. */
function take(tip: Tip): void {
  useTip(tip);
  focusBox();
}

export function TipsToggle() {
  if (world.value.tips.length === 0) return null;
  const open = isOpen();
  return (
    <button type="button" class="tips-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
      示例
    </button>
  );
}
