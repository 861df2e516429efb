import { z } from 'zod';
import type { CurrentQuote, EventOdds } from '../../contracts/event.ts';
import type { EventId } from '../../contracts/ids.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import { marketSchema } from '../../contracts/market-schema.ts';
import { type FairOf, fairIn } from './fair-of.ts';
import { Prisma, type QuoteState } from './generated/client.ts';
import type { Reader } from './query.ts';
import { toWatermark } from './watermark.ts';

/** `[name, milliOdds, suspended]`, as outcomes are stored. */
export const storedOutcomesSchema = z.array(
  z.tuple([z.string(), z.int().positive(), z.union([z.literal(0), z.literal(1)])]),
);
type StoredOutcome = z.infer<typeof storedOutcomesSchema>[number];

/** A quote as `quotesFound` selects it. */
export type QuoteRow = {
  readonly eventId: bigint;
  readonly bookmaker: string;
  readonly market: string;
  readonly line: number | null;
  readonly state: QuoteState;
  readonly outcomes: unknown;
  readonly observedAt: Date;
  readonly changedAt: Date;
  readonly seenAt: Date | null;
};

/** What a quote is shown with: which book is ours, and how its fair probabilities are found. */
export type QuoteContext = { readonly ownBookmaker: string; readonly fairOf: FairOf };

type Found = { readonly epoch: string; readonly seq: bigint; readonly exists: boolean };
type Row = (Found & QuoteRow) | (Found & { readonly bookmaker: null });

/** The current quotes that a condition on `odds_current` finds, as `QuoteRow`. */
export const quotesFound = (condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT odds_current.event_id AS "eventId", bookmaker.name AS bookmaker, odds_current.market, odds_current.line,
    odds_current.state, odds_current.outcomes, odds_current.observed_at AS "observedAt",
    odds_current.changed_at AS "changedAt", book_presence.last_seen_at AS "seenAt"
  FROM odds_current
  JOIN bookmaker ON bookmaker.id = odds_current.bookmaker_id
  LEFT JOIN book_presence ON book_presence.event_id = odds_current.event_id
    AND book_presence.bookmaker_id = odds_current.bookmaker_id
  WHERE ${condition}`;

/** The current prices of all books at an event, by bookmaker, market and line. */
export async function readEventOdds(
  reader: Reader,
  id: EventId,
  context: QuoteContext,
): Promise<EventOdds | 'not_found'> {
  const rows = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, EXISTS (SELECT FROM event WHERE event.id = ${id}::bigint) AS exists, quote.*
    FROM watermark LEFT JOIN (${quotesFound(Prisma.sql`odds_current.event_id = ${id}::bigint`)}
    ) AS quote ON TRUE
    WHERE watermark.id = 1 ORDER BY quote.bookmaker, quote.market, quote.line NULLS FIRST`;
  if (rows[0]?.exists === false) return 'not_found';
  const quotes = rows.filter((row): row is Found & QuoteRow => row.bookmaker !== null);
  return { eventId: id, quotes: quotes.map((row) => toQuote(row, context)), ...toWatermark(rows[0]) };
}

/** A stored row as the contract has it. */
export function toQuote(row: QuoteRow, { ownBookmaker, fairOf }: QuoteContext): CurrentQuote {
  const outcomes = storedOutcomesSchema.parse(row.outcomes);
  const market = marketSchema.parse(row.market);
  const fair = row.state === 'open' ? fairIn(fairOf, market, outcomes) : null;
  return {
    bookmaker: row.bookmaker,
    own: row.bookmaker === ownBookmaker,
    market,
    line: row.line,
    state: row.state,
    outcomes: outcomes.map(([name, milliOdds, suspended], index) => ({
      name,
      odds: fromMilliOdds(milliOdds),
      suspended: suspended === 1,
      fair: fair?.[index] ?? null,
    })),
    overroundPercent: row.state === 'open' ? overroundPercent(outcomes) : null,
    changedAt: row.changedAt.toISOString(),
    seenAt: (row.seenAt ?? row.observedAt).toISOString(),
  };
}

/** (booksum − 1) · 100, with two decimals; null unless every outcome is open, as a part of a market sums to nothing. */
function overroundPercent(outcomes: readonly StoredOutcome[]): number | null {
  if (outcomes.length < 2 || outcomes.some(([, , suspended]) => suspended === 1)) return null;
  const booksum = outcomes.reduce((sum, [, milliOdds]) => sum + 1_000 / milliOdds, 0);
  return Math.round((booksum - 1) * 10_000) / 100;
}
