import { useEffect, useState } from 'react';

/** Where a plain click on a link of ours leads to another page; null for every other click. */
function otherPage(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download')) return null;
  return link.origin === location.origin && link.pathname !== location.pathname ? link.pathname : null;
}

/**
 * While the server is away a page of it cannot be fetched, and the browser would show its own error in the desk's
 * place: links to other pages are held, and the last known data stays. True once one was, until the server is heard.
 */
export function useHeldLinks({ isAway }: { readonly isAway: boolean }): boolean {
  const [wasHeld, setWasHeld] = useState(false);
  if (!isAway && wasHeld) setWasHeld(false);

  useEffect(() => {
    if (!isAway) return;
    const hold = (event: MouseEvent): void => {
      if (otherPage(event) === null) return;
      // Next's links leave a click alone that somebody else has dealt with.
      event.preventDefault();
      setWasHeld(true);
    };
    document.addEventListener('click', hold, { capture: true });
    return () => document.removeEventListener('click', hold, { capture: true });
  }, [isAway]);
  return wasHeld;
}
