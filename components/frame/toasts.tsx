import { Suspense, lazy, useSyncExternalStore } from 'react';
import { toasts } from '../../hooks/toasts.ts';

const ToastPlace = lazy(() => import('./toast-place.tsx'));

/** The place for toasts, from the first one on. */
export function Toasts() {
  const isWanted = useSyncExternalStore(toasts.subscribe, toasts.isWanted, () => false);
  if (!isWanted) return null;
  return (
    <Suspense>
      <ToastPlace />
    </Suspense>
  );
}
