import type { ExternalToast } from 'sonner';
import { createSubscribers } from './subscribers.ts';

const subscribers = createSubscribers();
let isWanted = false;
let markMounted: () => void = () => {};
const mounted = new Promise<void>((resolve) => {
  markMounted = resolve;
});

/**
 * Toasts, loaded when the first one is told: most pages never show any. `tell` waits until the place for them
 * stands, because a toast that is told before is lost.
 */
export const toasts = {
  subscribe: subscribers.add,
  isWanted: (): boolean => isWanted,
  placeMounted: (): void => markMounted(),

  async tell(kind: 'success' | 'error', title: string, options: ExternalToast = {}): Promise<void> {
    isWanted = true;
    subscribers.notify();
    const [{ toast }] = await Promise.all([import('sonner'), mounted]);
    toast[kind](title, options);
  },
};
