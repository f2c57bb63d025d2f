import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { attach } from './attachments.ts';

/** Files may be let go anywhere over the chat. Let go elsewhere they would replace the page: that is prevented. */
export function DropZone({ inside }: { inside: RefObject<HTMLElement | null> }) {
  const over = useSignal(false);
  useEffect(() => {
    const zone = inside.current?.closest('main');
    const isOver = ({ target }: Event): boolean => target instanceof Node && (zone?.contains(target) ?? false);
    const move = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      over.value = isOver(event);
      event.dataTransfer.dropEffect = over.value ? 'copy' : 'none';
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) over.value = false;
    };
    const drop = (event: DragEvent): void => {
      over.value = false;
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      if (isOver(event)) attach(event.dataTransfer.files);
    };
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('dragover', move, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    return () => stop.abort();
  }, [inside]);
  return over.value ? <div class="drop-zone">松开即添加</div> : null;
}
