import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { draft, place } from '../core/drafts.ts';
import { chat } from '../core/state.ts';
import { titleOf } from '../shell/chat-list.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Listbox, optionId } from '../ui/listbox.tsx';
import { attach, pastedFiles } from './attachments.ts';
import { caret, caretWish, inviteToType, put, suggestions, typed } from './box.ts';
import { press } from './keys.ts';
import type { Option, Suggestions } from './suggest.ts';

const LIST = 'suggestions';

/** Where the words are written: Enter sends, Shift+Enter breaks the line, @ and / open suggestions. */
export function TextBox() {
  const box = useRef<HTMLTextAreaElement>(null);
  const [focused, setFocused] = useState(false);
  const shown = focused ? suggestions.value : null;
  const [active, move] = useActive(shown);
  useGrowing(box);
  useCaretWish(box);
  useFocusOnArrival();
  /** While an input method composes, the caret counts as where it began: what asks for suggestions is not yet there. */
  const note = (event?: InputEvent | KeyboardEvent): void => {
    if (!box.current) return;
    const { value: text, selectionEnd } = box.current;
    typed({ text, caret: event?.isComposing ? caret.peek() : selectionEnd });
  };
  return (
    <>
      {shown && <SuggestionList shown={shown} active={active} />}
      <textarea
        ref={box}
        rows={1}
        value={draft.value}
        placeholder={chat.value ? `发给 ${titleOf(chat.value)}` : ''}
        aria-label="消息"
        aria-autocomplete="list"
        aria-controls={shown ? LIST : undefined}
        aria-activedescendant={shown ? optionId(LIST, active) : undefined}
        enterkeyhint="send"
        onInput={note}
        onKeyUp={note}
        onCompositionEnd={() => note()}
        onClick={() => note()}
        onKeyDown={(event) => press(event, { shown, active, move })}
        onPaste={paste}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
      <span class="hidden" role="status">
        {shown ? `${shown.title}：${shown.options.length}项，用上下键选` : ''}
      </span>
    </>
  );
}

function SuggestionList({ shown, active }: { shown: Suggestions; active: number }) {
  return (
    <Listbox
      id={LIST}
      label={shown.title}
      options={shown.options}
      active={active}
      onChoose={({ edit }) => put(edit)}
      render={(option) => <SuggestedOption option={option} />}
    />
  );
}

const SuggestedOption = ({ option: { name, detail, face } }: { option: Option }) => (
  <>
    {face !== null && <Avatar id={face} size="small" />}
    <span>{name}</span>
    <small>{detail}</small>
  </>
);

/** The option that the keys are on; a new list begins with its first. */
function useActive(shown: Suggestions | null): [number, (by: number) => void] {
  const [active, setActive] = useState(0);
  const count = shown?.options.length ?? 0;
  const list = shown?.options.map(({ key }) => key).join();
  useLayoutEffect(() => setActive(0), [list]);
  const here = active < count ? active : 0;
  return [here, (by) => setActive((here + by + count) % count)];
}

/** As high as its text; the style sheet sets the limit. */
function useGrowing(box: RefObject<HTMLTextAreaElement | null>): void {
  const text = draft.value;
  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = 'auto';
    box.current.style.height = `${box.current.scrollHeight}px`;
  }, [text]);
}

function useCaretWish(box: RefObject<HTMLTextAreaElement | null>): void {
  const wish = caretWish.value;
  useLayoutEffect(() => {
    if (!wish || !box.current) return;
    caretWish.value = null;
    box.current.focus();
    box.current.setSelectionRange(wish.at, wish.at);
  }, [wish]);
}

/** Opening a chat, or speaking as another, puts the caret into the box. */
function useFocusOnArrival(): void {
  const here = place.value;
  useEffect(inviteToType, [here]);
}

function paste(event: ClipboardEvent): void {
  const files = pastedFiles(event.clipboardData);
  if (files.length === 0) return;
  event.preventDefault();
  attach(files);
}
