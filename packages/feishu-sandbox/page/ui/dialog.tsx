import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from './icon.tsx';

/** A modal window: Escape and a click beside it close it, focus stays inside and returns afterwards. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren; class?: string }) {
  const { title, onClose, children } = props;
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    // Closed, not only taken away: then the browser gives the focus back.
    return () => dialog?.close();
  }, []);
  const closeBeside = (event: MouseEvent): void => {
    if (event.target === box.current) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the dialog itself closes on Escape
    <dialog ref={box} class={`dialog ${props.class ?? ''}`} aria-label={title} onClose={onClose} onClick={closeBeside}>
      <header>
        <h2>{title}</h2>
        <IconButton icon="close" label="关闭" onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}
