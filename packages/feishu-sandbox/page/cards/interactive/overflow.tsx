import { useId, useRef } from 'preact/hooks';
import { type Json, objects, text } from '../../../src/cards/tree.ts';
import { Icon } from '../../ui/icon.tsx';
import { wordsOf } from '../content/text.tsx';
import { deviceUrl } from '../content/url.ts';
import type { CardComponent } from '../element.tsx';
import { handleOf, useBot } from './bot.ts';
import { confirmed } from './confirm.tsx';
import { widthClass, widthStyle } from './field-frame.tsx';
import { Popover } from './popover.tsx';

/** A menu behind three dots. */
export const Overflow: CardComponent = ({ element }) => {
  const bot = useBot();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useId();
  return (
    <div class={`overflow ${widthClass(element)}`} style={widthStyle(element)}>
      <button
        ref={button}
        type="button"
        class="card-button type-default"
        popovertarget={menu}
        aria-haspopup="menu"
        aria-label="更多"
        aria-busy={bot.asked}
        disabled={element.disabled === true || bot.busy}
      >
        <Icon name="more" />
      </button>
      <Popover id={menu} button={button}>
        <div role="menu" aria-label="更多">
          {objects(element.options).map((option) => (
            <Item key={text(option.value) || wordsOf(option.text)} element={element} option={option} menu={menu} />
          ))}
        </div>
      </Popover>
    </div>
  );
};

function Item({ element, option, menu }: { element: Json; option: Json; menu: string }) {
  const bot = useBot();
  const url = deviceUrl(option.multi_url);
  const choose = async (): Promise<void> => {
    if (!(await confirmed(element.confirm))) return;
    if (url !== null) window.open(url, '_blank', 'noopener');
    else await bot.send({ ...handleOf(element), option: text(option.value) });
  };
  return (
    <button
      type="button"
      role="menuitem"
      data-item
      tabIndex={-1}
      popovertarget={menu}
      popovertargetaction="hide"
      title={url ?? undefined}
      onClick={() => void choose()}
    >
      {wordsOf(option.text)}
    </button>
  );
}
