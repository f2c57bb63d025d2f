import { useEffect, useRef, useState } from 'preact/hooks';
import type { Json } from '../../../../src/cards/tree.ts';
import { chartLibrary, type Drawing } from './library.ts';
import { paletteOf } from './palettes.ts';
import { dark } from './scheme.ts';
import { description, drawable } from './spec.ts';

const STATES = { loading: '图表载入中…', drawn: '', failed: '图表画不出来' } as const;
type State = keyof typeof STATES;

/** The canvas of a chart; it is drawn anew when its spec, the colours or light and dark change, and follows its width. */
export function ChartDrawing({ spec, theme }: { spec: Json; theme: unknown }) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>('loading');
  const source = JSON.stringify(spec);
  useEffect(() => {
    if (!place.current) return;
    const { fontFamily } = getComputedStyle(place.current);
    return draw(place.current, drawable(JSON.parse(source), paletteOf(theme), fontFamily), setState);
  }, [source, theme, dark.value]);
  return (
    <>
      <div ref={place} class="chart-canvas" role="img" aria-label={description(spec)} />
      {state !== 'drawn' && <p class="quiet chart-state">{STATES[state]}</p>}
    </>
  );
}

/** Draws into the place as soon as the library is here; returns how to take it away again. */
function draw(place: HTMLElement, spec: Json, report: (state: State) => void): () => void {
  // One of its own for each drawing: the library changes the style of what it draws into.
  const paper = document.createElement('div');
  place.append(paper);
  let drawing: Drawing | null = null;
  const start = async (): Promise<void> => {
    const Library = await chartLibrary();
    if (!paper.isConnected) return;
    const faults: unknown[] = [];
    drawing = new Library(
      spec,
      optionsFor(paper, (fault) => faults.push(fault)),
    );
    drawing.renderSync();
    if (faults.length > 0) throw new Error(faults.join('; '));
    report('drawn');
  };
  start().catch((error: unknown) => {
    report('failed');
    console.warn('chart:', error);
  });
  return () => {
    paper.remove();
    drawing?.release();
  };
}

const optionsFor = (dom: HTMLElement, onError: (error: unknown) => void): object => ({
  dom,
  onError,
  mode: 'desktop-browser',
  theme: dark.peek() ? 'dark' : 'light',
  animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
});
