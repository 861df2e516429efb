import type { Quote } from './detection.ts';
import type { HeardAgain } from './heard-again.ts';
import type { ObservedEvent } from './observation.ts';

/** One stored version of a quote: what it was from `observedAtMs` on. */
export type HistoryVersion = Pick<Quote, 'bookmaker' | 'market' | 'line' | 'state' | 'outcomes' | 'observedAtMs'>;

/** A line that a single poll did not show. */
export type HistoryAbsence = Pick<Quote, 'bookmaker' | 'market' | 'line'> & { readonly missedAtMs: number };

/** A match and its versions in the order of `observedAtMs`, those in force at the beginning included. */
export type EventHistory = {
  readonly described: ObservedEvent;
  readonly versions: readonly HistoryVersion[];
  readonly absences?: readonly HistoryAbsence[] | undefined;
  /** Polls that only confirmed what stood, and by that decided something. */
  readonly heardAgain?: readonly HeardAgain[] | undefined;
  /** The usual interval of the match's polls, rounded up to a power of two; only the versions tell it where it is not known. */
  readonly paceMs?: number | undefined;
};
