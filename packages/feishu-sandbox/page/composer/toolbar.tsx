import { useRef } from 'preact/hooks';
import { draft } from '../core/drafts.ts';
import { world } from '../core/state.ts';
import { IconButton, type IconName } from '../ui/icon.tsx';
import { attach, queue } from './attachments.ts';
import { caret, isGroup, write } from './box.ts';
import { withAt, withSlash } from './suggest.ts';
import { TipsToggle } from './tips.tsx';

/** What can be put in besides words, and the button that sends. */
export function Toolbar() {
  const isEmpty = draft.value.trim() === '' && queue.value.length === 0;
  return (
    <div class="composer-tools" role="toolbar" aria-label="输入工具">
      {isGroup.value && <IconButton icon="at" label="提到某人" onClick={addAt} />}
      {world.value.commands.length > 0 && <IconButton icon="slash" label="选命令" onClick={addSlash} />}
      <FileButton icon="image" label="添加图片" accept="image/*" />
      <FileButton icon="clip" label="添加文件" />
      <TipsToggle />
      <button type="submit" class="button primary" disabled={isEmpty}>
        发送
      </button>
    </div>
  );
}

const addAt = (): void => write(withAt({ text: draft.peek(), caret: caret.peek() }));
const addSlash = (): void => write(withSlash(draft.peek(), world.peek().bot.name));

function FileButton({ icon, label, accept }: { icon: IconName; label: string; accept?: string }) {
  const input = useRef<HTMLInputElement>(null);
  const take = (): void => {
    if (!input.current) return;
    attach(input.current.files ?? []);
    // Else the same file could not be chosen twice.
    input.current.value = '';
  };
  return (
    <>
      <IconButton icon={icon} label={label} onClick={() => input.current?.click()} />
      <input ref={input} type="file" hidden multiple accept={accept} aria-label={label} onChange={take} />
    </>
  );
}
