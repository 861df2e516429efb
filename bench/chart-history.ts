// Two weeks of one match at ten books, as a feed would have sent them. Uses the room server/ingest: its seeded random.
import type { Snapshot } from '../contracts/snapshot.ts';
import { createRandom } from '../server/ingest/demo-random.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const BOOKS = [
  'draftkings',
  'pinnacle',
  'betmgm',
  'fanduel',
  'caesars',
  'bet365',
  'bovada',
  'unibet',
  'betway',
  'bwin',
] as const;
/** A poll in a hundred is within a suspension; about a day and a half lies between two jumps of a book. */
const SHUT_CHANCE = 0.012;
const SHUT_POLLS = 4;
const JUMP_CHANCE = 0.008;
const MARGIN = 1.06;

/** What a book asks of a probability: whole hundredths, never the same twice in a row, so that every poll is a point. */
function priced(probability: number, poll: number): number {
  const odds = Math.max(1 / (probability * MARGIN), 1.02);
  return Math.round(odds * 100) / 100 + (poll % 2 === 0 ? 0 : 0.01);
}

/** Polls every `stepMinutes` for so many days up to `nowMs`, in their order: random walks with jumps and suspensions. */
export function chartHistory(options: {
  readonly nowMs: number;
  readonly days: number;
  readonly stepMinutes: number;
}): readonly Snapshot[] {
  const random = createRandom('chart');
  const count = (options.days * DAY_MINUTES) / options.stepMinutes;
  const states = BOOKS.map((bookmaker) => ({ bookmaker, home: 0.45, shutPolls: 0 }));
  const kickoff = new Date(options.nowMs + 12 * 60 * MINUTE_MS).toISOString();
  const snapshots: Snapshot[] = [];
  for (let poll = 0; poll < count; poll += 1) {
    const t = new Date(options.nowMs - (count - poll) * options.stepMinutes * MINUTE_MS).toISOString();
    for (const state of states) {
      const step = random.normal() * 0.002 + (random.chance(JUMP_CHANCE) ? random.pick([-0.06, 0.06]) : 0);
      state.home = Math.min(Math.max(state.home + step + (0.45 - state.home) * 0.01, 0.2), 0.7);
      if (state.shutPolls > 0) state.shutPolls -= 1;
      else if (random.chance(SHUT_CHANCE)) state.shutPolls = SHUT_POLLS;
      const draw = 0.27;
      snapshots.push({
        t,
        upd: t,
        event: 'chart',
        home: 'Harbour Town',
        away: 'Mill United',
        league: 'Coastal League',
        country: 'Benchland',
        sport: 'soccer',
        kickoff,
        bookmaker: state.bookmaker,
        market: '1x2',
        line: null,
        outcomes: [
          { name: '1', odds: priced(state.home, poll) },
          { name: 'X', odds: priced(draw, poll) },
          { name: '2', odds: priced(1 - draw - state.home, poll) },
        ],
        suspended: state.shutPolls > 0,
      });
    }
  }
  return snapshots;
}
