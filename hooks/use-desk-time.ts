import { createContext, useContext, useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { deskTime } from './desk-clock.ts';

/** The desk's time when the server drew this page, in epoch milliseconds: what the first client render must repeat. */
export const PageTimeContext = createContext(0);

/** A text of the desk's ticking time. Draws again only when the text changes, not with every second. */
export function useDeskTimeText<Text extends string>(text: (deskNowMs: number) => Text): Text {
  const pageMs = useContext(PageTimeContext);
  return useSyncExternalStore(
    deskTime.subscribe,
    () => text(deskTime.deskNow() ?? pageMs),
    () => text(pageMs),
  );
}

/**
 * A text of the desk's ticking time for an element that holds nothing else, to be given `ref`. Each tick is written into
 * the element itself. Ages tick by the dozen, and rows are drawn in slices: a store that changes between two slices
 * would have React draw all of them once more, in one piece.
 */
export function useTickingText<Kind extends HTMLElement>(text: (deskNowMs: number) => string) {
  const pageMs = useContext(PageTimeContext);
  const isHydrated = useHydrated();
  const ref = useRef<Kind>(null);
  const textNow = (): string => text(deskTime.deskNow() ?? pageMs);
  const write = useEffectEvent(() => {
    const { current } = ref;
    const next = textNow();
    if (current !== null && current.textContent !== next) current.textContent = next;
  });
  // After each drawing too: a tick may have come since.
  useEffect(() => write());
  useEffect(() => deskTime.subscribe(() => write()), []);
  return { ref, text: isHydrated ? textNow() : text(pageMs) };
}

/** A text of this machine's monotonic time; `beforeStart` on the server and in the first client render. */
export function useRealTimeText(text: (nowMs: number) => string, beforeStart: string): string {
  return useSyncExternalStore(
    deskTime.subscribe,
    () => text(deskTime.realNow()),
    () => beforeStart,
  );
}

/**
 * Whether the first page stands. Set in a transition: it draws most of the page once more, which as one piece behind the
 * first drawing would keep the reader's first click waiting.
 */
export const HydratedContext = createContext(false);

/** False on the server and in the first client render, true from then on: for what depends on the reader's zone. */
export const useHydrated = (): boolean => useContext(HydratedContext);
