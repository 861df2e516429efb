import type { QuarantineReason } from '../contracts/feed.ts';

type Counts = { readonly [Reason in QuarantineReason]?: number };

/** Bookmakers whose counts are kept; a feed that makes up names must not fill the memory. */
const MAX_BOOKMAKERS = 1_000;

type Quarantined = { readonly bookmaker: string; readonly reason: QuarantineReason };

/** Counts quarantined prices by bookmaker and reason, since this process started. */
export function createQuarantineCounts(options: { readonly onCounted: (quarantined: Quarantined) => void }) {
  const byBookmaker = new Map<string, Counts>();
  return {
    add({ bookmaker, reason }: Quarantined): void {
      options.onCounted({ bookmaker, reason });
      const counts = byBookmaker.get(bookmaker) ?? {};
      if (byBookmaker.size >= MAX_BOOKMAKERS && !byBookmaker.has(bookmaker)) return;
      byBookmaker.set(bookmaker, { ...counts, [reason]: (counts[reason] ?? 0) + 1 });
    },

    /** Undefined when nothing of the bookmaker was quarantined. */
    of: (bookmaker: string): Counts | undefined => byBookmaker.get(bookmaker),
  };
}
