import type { TriedAlert } from '../../contracts/settings-try.ts';
import type { Memory } from '../detection/detection.ts';
import type { EventHistory } from '../detection/event-history.ts';

/** The stored history of one match, read at one moment. */
export type StoredHistory = EventHistory & {
  /** What detection remembers of the match by now. */
  readonly memory: readonly { readonly key: string; readonly memory: Memory }[];
  readonly stored: readonly Omit<TriedAlert, 'inBoth'>[];
  /** The history is longer than is read: its oldest part is missing. */
  readonly isCut: boolean;
};
