import type { Severity } from '../../contracts/alert.ts';
import { isWorseThan } from '../../contracts/alert-words.ts';
import type { Memory } from './detection.ts';

/** An alert of something that holds or does not, told once and again only when it is worse or long past. */
export type Recurring = {
  readonly keyMs: number;
  readonly isOpen: boolean;
  readonly worst: Severity;
  readonly occurrences: number;
  /** When it was last seen to hold. */
  readonly lastMs: number;
};

export type RecurringStep = { readonly next: Recurring; readonly isNews: boolean; readonly isAgain: boolean };

/**
 * What a sighting makes of it: the first one opens, a worse one escalates, one after it had ceased within the
 * cool-down counts as a further occurrence without news. Null while nothing is to be told.
 */
export function sighted(
  known: Recurring | undefined,
  severity: Severity,
  atMs: number,
  coolDownMs: number,
): RecurringStep | null {
  const isPast = known === undefined || (!known.isOpen && atMs - known.lastMs > coolDownMs);
  if (isPast) {
    return {
      next: { keyMs: atMs, isOpen: true, worst: severity, occurrences: 1, lastMs: atMs },
      isNews: true,
      isAgain: false,
    };
  }
  const isWorse = isWorseThan(severity, known.worst);
  if (known.isOpen && !isWorse) return null;
  const next = {
    keyMs: known.keyMs,
    isOpen: true,
    worst: isWorse ? severity : known.worst,
    occurrences: known.occurrences + (known.isOpen ? 0 : 1),
    lastMs: atMs,
  };
  return { next, isNews: isWorse, isAgain: !known.isOpen };
}

export const ceased = (known: Recurring, atMs: number): Recurring => ({ ...known, isOpen: false, lastMs: atMs });

export const recurringOf = (memory: ReadonlyMap<string, Memory>, key: string): Recurring | undefined =>
  memory.get(key) as Recurring | undefined;
