import { useState } from 'react';

/** Which way a price last went while it was on screen, and how often it has moved: a key that starts its flash anew. */
export type Moved = { readonly way: 'shorter' | 'longer' | null; readonly times: number };

/** Follows one price. Nothing has moved when it first appears, nor when it comes and goes. */
export function useMoved(odds: number | null): Moved {
  const [seen, setSeen] = useState<Moved & { readonly odds: number | null }>({ odds, way: null, times: 0 });
  if (seen.odds === odds) return seen;
  const next =
    seen.odds === null || odds === null
      ? { odds, way: null, times: seen.times }
      : { odds, way: odds < seen.odds ? ('shorter' as const) : ('longer' as const), times: seen.times + 1 };
  setSeen(next);
  return next;
}
