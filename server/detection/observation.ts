import { type Market, toMilliOdds } from '../../contracts/market.ts';
import type { Snapshot } from '../../contracts/snapshot.ts';

/** One outcome's price in thousandths of decimal odds; a suspended outcome keeps its last price. */
export type QuotedOutcome = { readonly name: string; readonly milliOdds: number; readonly suspended: boolean };

/** A match as a producer names and describes it. */
export type ObservedEvent = {
  readonly sourceKey: string;
  readonly home: string;
  readonly away: string;
  readonly league: string;
  readonly country: string;
  readonly sport: string;
  readonly kickoffMs: number;
};

/**
 * A snapshot after the edge: times in epoch milliseconds, prices in milli-odds.
 * `observedAtMs` is when the feed was polled, `upstreamAtMs` when the bookmaker says it changed the price.
 */
export type Observation = {
  readonly event: ObservedEvent;
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly outcomes: readonly QuotedOutcome[];
  readonly suspended: boolean;
  readonly observedAtMs: number;
  readonly upstreamAtMs: number | null;
};

/** A parsed snapshot as detection takes it. */
export function toObservation(snapshot: Snapshot): Observation {
  return {
    event: {
      sourceKey: snapshot.event,
      home: snapshot.home,
      away: snapshot.away,
      league: snapshot.league,
      country: snapshot.country,
      sport: snapshot.sport,
      kickoffMs: Date.parse(snapshot.kickoff),
    },
    bookmaker: snapshot.bookmaker,
    market: snapshot.market,
    line: snapshot.line,
    outcomes: snapshot.outcomes.map((outcome) => ({
      name: outcome.name,
      milliOdds: toMilliOdds(outcome.odds),
      suspended: outcome.suspended ?? false,
    })),
    suspended: snapshot.suspended,
    observedAtMs: Date.parse(snapshot.t),
    upstreamAtMs: snapshot.upd === undefined ? null : Date.parse(snapshot.upd),
  };
}
