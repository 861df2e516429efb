import { useEffect, useSyncExternalStore } from 'react';
import { heldPages } from '../../hooks/held-pages.ts';

/** Whether a plain click leads by a link of ours to another page. */
function leadsAway(event: MouseEvent): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download')) return false;
  return link.origin === location.origin && link.pathname !== location.pathname;
}

function hold(event: MouseEvent): void {
  if (!leadsAway(event)) return;
  // Next's links leave a click alone that somebody else has dealt with.
  event.preventDefault();
  heldPages.hold();
}

/**
 * While the server is away a page of it cannot be fetched, and the browser would show its own error in the desk's
 * place: links to other pages are held, and the last known data stays. True once one was, until the server is heard.
 */
export function useHeldLinks({ isAway }: { readonly isAway: boolean }): boolean {
  useEffect(() => {
    if (!isAway) return;
    document.addEventListener('click', hold, { capture: true });
    return () => {
      document.removeEventListener('click', hold, { capture: true });
      heldPages.release();
    };
  }, [isAway]);
  return useSyncExternalStore(heldPages.subscribe, heldPages.wasHeld, () => false);
}
