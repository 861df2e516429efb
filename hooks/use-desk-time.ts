import { createContext, useContext, useSyncExternalStore } from 'react';
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

/** A text of this machine's monotonic time; `beforeStart` on the server and in the first client render. */
export function useRealTimeText(text: (nowMs: number) => string, beforeStart: string): string {
  return useSyncExternalStore(
    deskTime.subscribe,
    () => text(deskTime.realNow()),
    () => beforeStart,
  );
}

const never = (): (() => void) => () => {};

/** False on the server and in the first client render, true from then on: for what depends on the reader's zone. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
