import { isObject, type Json, objects, text } from '../../../src/cards/tree.ts';
import { each } from './each.ts';
import { Picture } from './picture.tsx';
import { known, marginOf, type Style } from './style.ts';
import { CardText, wordsOf } from './text.tsx';

const NAMED: Readonly<Record<string, string>> = { large: '160px', medium: '80px', small: '40px', tiny: '16px' };
const SCALES: ReadonlySet<string> = new Set(['crop_center', 'crop_top', 'fit_horizontal']);

const keyOf = (image: Json): string =>
  (isObject(image.i18n_img_key) ? text(image.i18n_img_key.zh_cn) : '') || text(image.img_key);

const radius = (value: unknown): string | undefined => /^\d+(px|%)$/.exec(text(value))?.[0];

/** "medium", or "100px 80px"; anything else is as wide as the card. */
function sizeOf(size: unknown): Style {
  const named = NAMED[text(size)];
  const given = text(size)
    .split(/\s+/)
    .filter((one) => /^\d+px$/.test(one));
  const [width, height = width] = named === undefined ? given : [named];
  return known({ width, height });
}

export function Img({ element }: { element: Json }) {
  const scale = SCALES.has(text(element.scale_type)) ? text(element.scale_type) : 'crop_center';
  const style = { ...sizeOf(element.size), ...known({ 'border-radius': radius(element.corner_radius) }) };
  const title = wordsOf(element.title);
  return (
    <figure class="image" style={marginOf(element)}>
      <Picture
        imageKey={keyOf(element)}
        alt={wordsOf(element.alt) || title}
        preview={element.preview !== false}
        class={`${scale} ${'height' in style || scale === 'fit_horizontal' ? '' : 'cut'} ${element.transparent === true ? 'transparent' : ''}`}
        style={style}
      />
      {title !== '' && (
        <figcaption>
          <CardText of={element.title} />
        </figcaption>
      )}
    </figure>
  );
}

const MODES: Readonly<Record<string, number>> = { double: 2, triple: 3, bisect: 6, trisect: 9 };

/** `img_combination`: two or three side by side, or a grid of two or three columns. */
export function ImgCombination({ element }: { element: Json }) {
  const mode = text(element.combination_mode);
  const images = objects(element.img_list).slice(0, MODES[mode] ?? 9);
  const style = { ...marginOf(element), ...known({ '--corner': radius(element.corner_radius) }) };
  return (
    <div class={`images ${mode}`} style={style}>
      {each(images, (image, index) => (
        <Picture imageKey={keyOf(image)} alt={`第${index + 1}张图`} class="crop_center" />
      ))}
    </div>
  );
}
