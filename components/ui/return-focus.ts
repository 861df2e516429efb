import { useRef } from 'react';

/**
 * Gives the focus back to where it was before a dialog opened. Radix gives it to the dialog's trigger, and ours are
 * opened by keys and commands, which have none.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (): void => void (before.current = document.activeElement),
    onCloseAutoFocus(event: Event): void {
      event.preventDefault();
      const { current } = before;
      // What opened it may be gone by then: the row that the keys act upon, or the page, is next to it.
      const place =
        current instanceof HTMLElement && current.isConnected && current !== document.body
          ? current
          : (document.querySelector<HTMLElement>('main [data-row-button][tabindex="0"]') ??
            document.querySelector<HTMLElement>('main'));
      place?.focus({ preventScroll: true });
    },
  };
}
