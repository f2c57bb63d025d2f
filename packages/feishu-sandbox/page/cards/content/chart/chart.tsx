import { useEffect, useRef, useState } from 'preact/hooks';
import { isObject, type Json } from '../../../../src/cards/tree.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { IconButton } from '../../../ui/icon.tsx';
import { marginOf } from '../style.ts';
import { ChartDrawing } from './drawing.tsx';
import { chartBox, titleOf } from './spec.ts';

/** `chart`: drawn by VChart once it comes near the reader's eyes. */
export function Chart({ element }: { element: Json }) {
  const box = useRef<HTMLElement>(null);
  const [large, setLarge] = useState(false);
  const seen = useSeen(box);
  const spec = isObject(element.chart_spec) ? element.chart_spec : {};
  const shape = chartBox(element);
  return (
    <figure ref={box} class="chart" style={marginOf(element)}>
      <div class={`chart-box ${'height' in shape ? '' : 'by-ratio'}`} style={shape}>
        {seen && <ChartDrawing spec={spec} theme={element.color_theme} />}
      </div>
      {element.preview !== false && <IconButton icon="enlarge" label="放大图表" onClick={() => setLarge(true)} />}
      {large && <Enlarged spec={spec} theme={element.color_theme} onClose={() => setLarge(false)} />}
    </figure>
  );
}

/** The same chart in a window of its own, whose heading its title becomes. */
const Enlarged = ({ spec, theme, onClose }: { spec: Json; theme: unknown; onClose: () => void }) => (
  <Dialog title={titleOf(spec) || '图表'} class="wide" onClose={onClose}>
    <div class="chart-box large">
      <ChartDrawing spec={{ ...spec, title: { visible: false } }} theme={theme} />
    </div>
  </Dialog>
);

/** True from the moment the element comes near the window. */
function useSeen(box: { readonly current: HTMLElement | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!box.current || seen) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: '200px' },
    );
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [seen]);
  return seen;
}
