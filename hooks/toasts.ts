import type { ReactElement } from 'react';
import type { ExternalToast } from 'sonner';
import { createSubscribers } from './subscribers.ts';

const subscribers = createSubscribers();
let isWanted = false;
let openSheets = 0;
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
  isSheetOpen: (): boolean => openSheets > 0,

  /** Says that a sheet stands at the foot of the screen, with its buttons where toasts appear. Returns its undo. */
  sheetOpened(): () => void {
    openSheets += 1;
    subscribers.notify();
    return () => {
      openSheets -= 1;
      subscribers.notify();
    };
  },

  /** Shows, or replaces, the one toast of this id. `onGone` is called when it closes, by whom ever. */
  async show(
    id: string,
    render: () => ReactElement,
    { durationMs, onGone }: { readonly durationMs: number; readonly onGone: () => void },
  ): Promise<void> {
    isWanted = true;
    subscribers.notify();
    const [{ toast }] = await Promise.all([import('sonner'), mounted]);
    toast.custom(render, { id, duration: durationMs, onDismiss: onGone, onAutoClose: onGone });
  },

  async dismiss(id: string): Promise<void> {
    const { toast } = await import('sonner');
    toast.dismiss(id);
  },

  async tell(kind: 'success' | 'error', title: string, options: ExternalToast = {}): Promise<void> {
    isWanted = true;
    subscribers.notify();
    const [{ toast }] = await Promise.all([import('sonner'), mounted]);
    toast[kind](title, options);
  },
};
