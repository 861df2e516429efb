import type { Market } from '../contracts/market.ts';
import type { Snapshot } from '../contracts/snapshot.ts';
import type { Match } from './moves.ts';

const MINUTE_MS = 60_000;

/** One match of a varied desk, and the one price that moves in it. */
export type Story = Match & {
  readonly league: string;
  readonly country: string;
  readonly sport?: string;
  readonly kickoffInMinutes: number;
  readonly bookmaker: string;
  readonly market: Market;
  /** From 2.2: 1.76 is critical at our own book. */
  readonly newOdds: number;
};

const OUTCOMES: Readonly<Partial<Record<Market, readonly string[]>>> = { '1x2': ['1', 'X', '2'], btts: ['yes', 'no'] };
const BOOKS = ['draftkings', 'pinnacle', 'betmgm'] as const;

function quote(story: Story, bookmaker: string, odds: number, at: { readonly nowMs: number; readonly ago: number }) {
  const { home, away, league, country, sport = 'soccer', market } = story;
  const polledAt = new Date(at.nowMs - at.ago * MINUTE_MS).toISOString();
  const names = OUTCOMES[market] ?? [];
  const rest = names.length === 3 ? [3.4, 3.3] : [1.65];
  return {
    t: polledAt,
    upd: polledAt,
    event: `${home}-${away}`,
    home,
    away,
    league,
    country,
    sport,
    kickoff: new Date(at.nowMs + story.kickoffInMinutes * MINUTE_MS).toISOString(),
    bookmaker,
    market,
    line: null,
    outcomes: names.map((name, index) => ({ name, odds: index === 0 ? odds : (rest[index - 1] ?? 2) })),
    suspended: false,
  } satisfies Snapshot;
}

/** Where all matches stand before anything happens: every book agrees. */
export const openings = (stories: readonly Story[], nowMs: number): readonly Snapshot[] =>
  stories.flatMap((story) => BOOKS.map((bookmaker) => quote(story, bookmaker, 2.2, { nowMs, ago: 10 })));

/** The one move of each match. */
export const moves = (stories: readonly Story[], nowMs: number): readonly Snapshot[] =>
  stories.map((story) => quote(story, story.bookmaker, story.newOdds, { nowMs, ago: 0 }));
