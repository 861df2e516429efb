import { SEVERITIES } from '../contracts/alert-words.ts';
import type { AlertId } from '../contracts/ids.ts';

/** What a tab remembers of an alert. */
export type KnownAlert = { readonly rank: number; readonly isOpen: boolean; readonly bookmaker: string };

/** So many alerts are remembered at least, and twice as many at most. */
export const KNOWN_ALERTS = 4_096;

/**
 * Alerts remembered by id, those heard of last. One number each, in two maps that take turns: as objects with names of
 * their own, in a map from which the oldest was deleted, an hour's worth of them was a tenth of the tab's heap.
 */
export function createKnownAlerts() {
  /** A desk has some dozens of them. */
  const bookmakers: string[] = [];
  let young = new Map<AlertId, number>();
  let old = new Map<AlertId, number>();

  function indexOf(bookmaker: string): number {
    const index = bookmakers.indexOf(bookmaker);
    return index === -1 ? bookmakers.push(bookmaker) - 1 : index;
  }

  return {
    get(id: AlertId): KnownAlert | undefined {
      const code = young.get(id) ?? old.get(id);
      if (code === undefined) return undefined;
      const inBook = Math.floor(code / 2);
      return {
        rank: inBook % SEVERITIES.length,
        isOpen: code % 2 === 1,
        bookmaker: bookmakers[Math.floor(inBook / SEVERITIES.length)] ?? '',
      };
    },

    set(id: AlertId, { rank, isOpen, bookmaker }: KnownAlert): void {
      young.set(id, (indexOf(bookmaker) * SEVERITIES.length + rank) * 2 + Number(isOpen));
      if (young.size < KNOWN_ALERTS) return;
      old = young;
      young = new Map();
    },

    clear(): void {
      young = new Map();
      old = new Map();
    },
  };
}
