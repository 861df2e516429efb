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
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    },
  };
}
