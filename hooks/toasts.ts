import type { ReactElement } from 'react';
import type { ExternalToast, toast as Toast } from 'sonner';
import { lateParts } from './late-parts.ts';
import { createSubscribers } from './subscribers.ts';

const subscribers = createSubscribers();
let wanted = 0;
let openSheets = 0;
let markMounted: () => void = () => {};
const mounted = new Promise<void>((resolve) => {
  markMounted = resolve;
});

const loadSonner = lateParts.add(() => import('sonner'));

/** Asks for the place of toasts; null where its code cannot be had, as the server is away. */
async function place(): Promise<typeof Toast | null> {
  wanted += 1;
  subscribers.notify();
  try {
    const [{ toast }] = await Promise.all([loadSonner(), mounted]);
    return toast;
  } catch {
    return null;
  }
}

/**
 * Toasts, loaded when the first one is told: most pages never show any. `tell` waits until the place for them
 * stands, because a toast that is told before is lost.
 */
export const toasts = {
  subscribe: subscribers.add,
  /** How many were asked for. */
  wanted: (): number => wanted,
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
    const toast = await place();
    toast?.custom(render, { id, duration: durationMs, onDismiss: onGone, onAutoClose: onGone });
  },

  async dismiss(id: string): Promise<void> {
    const sonner = await loadSonner().catch(() => null); // nothing was told without it
    sonner?.toast.dismiss(id);
  },

  async tell(kind: 'success' | 'error', title: string, options: ExternalToast = {}): Promise<void> {
    const toast = await place();
    toast?.[kind](title, options);
  },
};
