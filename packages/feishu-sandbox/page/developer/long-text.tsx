import { useState } from 'preact/hooks';

/** A text of which the beginning is shown until somebody wants more. */
export function LongText({ text, shown = 240 }: { text: string; shown?: number }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= shown * 1.5) return <>{text}</>;
  return (
    <>
      {whole ? text : `${text.slice(0, shown)}…`}
      <button type="button" class="more-text" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? '收起' : `更多（共${text.length}字）`}
      </button>
    </>
  );
}
