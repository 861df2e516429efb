import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react';
import { lateParts } from '../../hooks/late-parts.ts';
import { toasts } from '../../hooks/toasts.ts';

const loadPlace = lateParts.add(() => import('./toast-place.tsx'));

/**
 * The place for toasts, from the first one on. Where its code cannot be had, as the server is away, there is none, and
 * the next toast tries again: what a toast tells must never break the page.
 */
export function Toasts() {
  const wanted = useSyncExternalStore(toasts.subscribe, toasts.wanted, () => 0);
  const [Place, setPlace] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (wanted === 0 || Place !== null) return;
    loadPlace().then(
      (loaded) => setPlace(() => loaded.default),
      () => {}, // told by the banner of the lost server
    );
  }, [wanted, Place]);
  return Place === null ? null : <Place />;
}
