/** The part of VChart that is used here. Its script is large: it comes when a chart is first seen. */
export interface Drawing {
  renderSync(): unknown;
  release(): void;
}
type Draw = new (spec: object, options: object) => Drawing;

declare global {
  interface Window {
    VChart?: { default: Draw };
  }
}

let loading: Promise<Draw> | undefined;

/** Loads the library once; after a failure the next chart tries again. */
export function chartLibrary(): Promise<Draw> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Draw> {
  const script = document.createElement('script');
  script.src = '/vchart.js';
  const ready = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error('图表程序没有载入'));
  });
  document.head.append(script);
  await ready;
  if (!window.VChart) throw new Error('图表程序没有载入');
  return window.VChart.default;
}
