import type { QuarantineReason } from '../contracts/feed.ts';

type Counts = { readonly [Reason in QuarantineReason]?: number };

/** Bookmakers whose counts are kept; a feed that makes up names must not fill the memory. */
const MAX_BOOKMAKERS = 1_000;

type Quarantined = { readonly bookmaker: string; readonly reason: QuarantineReason; readonly count: number };

/** Counts prices that were not taken by bookmaker and reason, since this process started. */
export function createQuarantineCounts(options: { readonly onCounted: (quarantined: Quarantined) => void }) {
  const byBookmaker = new Map<string, Counts>();
  return {
    add({ bookmaker, reason, count }: Quarantined): void {
      options.onCounted({ bookmaker, reason, count });
      const counts = byBookmaker.get(bookmaker) ?? {};
      if (byBookmaker.size >= MAX_BOOKMAKERS && !byBookmaker.has(bookmaker)) return;
      byBookmaker.set(bookmaker, { ...counts, [reason]: (counts[reason] ?? 0) + count });
    },

    /** Undefined when everything of the bookmaker was taken. */
    of: (bookmaker: string): Counts | undefined => byBookmaker.get(bookmaker),
  };
}
