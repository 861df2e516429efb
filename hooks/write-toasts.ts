import type { ExternalToast } from 'sonner';

/** How long what was done can be taken back by its toast. */
export const UNDO_VISIBLE_MS = 10_000;

/** What lets a toast take back what it tells. `undo` tells by itself how it went. */
export const withUndo = (undo: () => Promise<void>): Pick<ExternalToast, 'duration' | 'action'> => ({
  duration: UNDO_VISIBLE_MS,
  action: { label: 'Undo', onClick: () => void undo() },
});

/** Why a write did not go through, in the API's own words where it spoke. */
export const refusalOf = (error: unknown): string =>
  error instanceof Error && error.name === 'AppError' ? error.message : 'The desk could not be reached.';

export const alertsInWords = (count: number): string => (count === 1 ? '1 alert' : `${count} alerts`);
export const eventsInWords = (count: number): string => (count === 1 ? '1 event' : `${count} events`);
