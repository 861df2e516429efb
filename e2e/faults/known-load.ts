import type { Market } from '../../contracts/market.ts';
import type { Snapshot } from '../../contracts/snapshot.ts';

/** Who sends what: so many producers, each with matches of its own, in whose order its bodies must be stored. */
export type LoadShape = { readonly producers: number; readonly eventsPerProducer: number; readonly startMs: number };

/** The own book first. */
const BOOKMAKERS = ['draftkings', 'pinnacle', 'betmgm'] as const;
/** Odds in hundredths, with a booksum that a bookmaker could have, also after a move. */
const MARKETS: readonly {
  readonly market: Market;
  readonly line: number | null;
  readonly outcomes: readonly (readonly [name: string, hundredths: number])[];
}[] = [
  {
    market: '1x2',
    line: null,
    outcomes: [
      ['1', 260],
      ['X', 320],
      ['2', 290],
    ],
  },
  {
    market: 'over_under',
    line: 2.5,
    outcomes: [
      ['over', 190],
      ['under', 195],
    ],
  },
];

/** So that two moves of a match are more than the hour apart within which they would be one. */
const POLL_STEP_MS = 600_000;
/** Where the feed's time begins: its last poll must not lie in the future, its kickoffs must. */
export const LOAD_SPAN_MS = 10 * 24 * 3_600_000;
const KICKOFF_AHEAD_MS = 2 * LOAD_SPAN_MS;
/** Every so many polls a match's own home price falls by a fifth, and comes back with the next poll. */
const POLLS_PER_MOVE = 10;

export const linesPerBody = (shape: LoadShape): number => shape.eventsPerProducer * BOOKMAKERS.length * MARKETS.length;

/**
 * One poll of all that a producer has: the same arguments give the same body. Every line differs from the poll
 * before, so each leaves one row of history, by whose time it can be found again; some are alerts.
 */
export function bodyOf(shape: LoadShape, producer: number, poll: number): readonly Snapshot[] {
  const at = new Date(shape.startMs + poll * POLL_STEP_MS).toISOString();
  const lines: Snapshot[] = [];
  for (let event = 0; event < shape.eventsPerProducer; event += 1) {
    const isMove = poll > 0 && (poll + event) % POLLS_PER_MOVE === 0;
    for (const [book, bookmaker] of BOOKMAKERS.entries()) {
      for (const { market, line, outcomes } of MARKETS) {
        lines.push({
          t: at,
          upd: at,
          event: `load-${producer}-${event}`,
          home: `Home ${producer}-${event}`,
          away: `Away ${producer}-${event}`,
          league: 'Coastal League',
          country: 'Testland',
          sport: 'soccer',
          kickoff: new Date(shape.startMs + KICKOFF_AHEAD_MS).toISOString(),
          bookmaker,
          market,
          line,
          outcomes: outcomes.map(([name, hundredths], index) => ({
            name,
            odds: oddsAt(hundredths + (poll % 3), { falls: isMove && book === 0 && index === 0 }),
          })),
          suspended: false,
        });
      }
    }
  }
  return lines;
}

/**
 * Of three prices in turn, so that a poll differs from the one before it and, when that one was lost, from the one
 * before that; on a move four fifths of it. Two decimals, as feeds have them.
 */
const oddsAt = (hundredths: number, move: { readonly falls: boolean }): number =>
  Math.round(move.falls ? hundredths * 0.8 : hundredths) / 100;
