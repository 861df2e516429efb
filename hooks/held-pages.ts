import { createSubscribers } from './subscribers.ts';

/** Whether somebody wanted another page while the server was away; until it is heard again. */
export function createHeldPages() {
  const subscribers = createSubscribers();
  let wasHeld = false;

  function set(next: boolean): void {
    if (next === wasHeld) return;
    wasHeld = next;
    subscribers.notify();
  }

  return {
    subscribe: subscribers.add,
    wasHeld: (): boolean => wasHeld,
    hold: (): void => set(true),
    release: (): void => set(false),
  };
}

export const heldPages = createHeldPages();
