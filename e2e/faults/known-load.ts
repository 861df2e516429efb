import type { Snapshot } from '../../contracts/snapshot.ts';

/** Who sends what: so many producers, each with matches of its own, in whose order its bodies must be stored. */
export type LoadShape = { readonly producers: number; readonly eventsPerProducer: number; readonly startMs: number };

/** The own book first. */
const BOOKMAKERS = ['draftkings', 'pinnacle', 'betmgm'] as const;
const MARKETS: readonly {
  readonly market: '1x2' | 'over_under';
  readonly line: number | null;
  readonly outcomes: readonly string[];
}[] = [
  { market: '1x2', line: null, outcomes: ['1', 'X', '2'] },
  { market: 'over_under', line: 2.5, outcomes: ['over', 'under'] },
];

/** First prices of a market, in hundredths, with which its booksum is one that a bookmaker has. */
const FAIR_HUNDREDTHS = { '1x2': 270, over_under: 180 } as const;

/** More than the gap within which snapshots count as one poll. */
const POLL_STEP_MS = 2_000;
const KICKOFF_AHEAD_MS = 36 * 3_600_000;
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
          outcomes: outcomes.map((name, index) => ({
            name,
            odds: oddsAt(poll, FAIR_HUNDREDTHS[market] + index * 20, { falls: isMove && book === 0 && index === 0 }),
          })),
          suspended: false,
        });
      }
    }
  }
  return lines;
}

/**
 * Three prices in turn, so that a poll differs from the one before it and, when that one was lost, from the one
 * before that; on a move four fifths of them. Two decimals, as feeds have them.
 */
function oddsAt(poll: number, base: number, move: { readonly falls: boolean }): number {
  const hundredths = base + (poll % 3);
  return Math.round(move.falls ? hundredths * 0.8 : hundredths) / 100;
}
