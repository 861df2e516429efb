import type { Market } from '../contracts/market.ts';
import type { Snapshot } from '../contracts/snapshot.ts';

const MARKETS: readonly {
  readonly market: Market;
  readonly line: number | null;
  readonly outcomes: readonly string[];
}[] = [
  { market: '1x2', line: null, outcomes: ['1', 'X', '2'] },
  { market: 'over_under', line: 2.5, outcomes: ['over', 'under'] },
];

export type SyntheticPolls = {
  readonly producer: number;
  readonly events: number;
  readonly bookmakers: number;
  readonly polls: number;
  /** Share of quotes whose price differs from the previous poll, 0 to 1. */
  readonly changedShare: number;
  readonly startMs: number;
};

/**
 * The bodies of one producer: NDJSON, one poll each, `events · bookmakers · 2` lines. Prices move by one tick of
 * 0.01 around a base, so that almost none is an alert: what is measured is the path, not the alert store.
 */
export function syntheticBodies(options: SyntheticPolls): {
  readonly bodies: readonly Buffer[];
  readonly linesPerBody: number;
} {
  const bodies: Buffer[] = [];
  const steps = new Map<string, number>();
  let linesPerBody = 0;
  for (let poll = 0; poll < options.polls; poll += 1) {
    const lines: string[] = [];
    // The last one at the start: a poll ahead of the desk's clock is refused.
    const at = new Date(options.startMs + (poll + 1 - options.polls) * 1_000).toISOString();
    let quote = 0;
    for (let event = 0; event < options.events; event += 1) {
      for (let book = 0; book < options.bookmakers; book += 1) {
        for (const { market, line, outcomes } of MARKETS) {
          quote += 1;
          const key = `${event}|${book}|${market}`;
          // Spread evenly: of 100 quotes with a share of 0.05, every 20th changes, another 20th in every poll.
          const changes =
            Math.floor((quote + poll) * options.changedShare) > Math.floor((quote + poll - 1) * options.changedShare);
          const step = (steps.get(key) ?? 0) + (changes ? 1 : 0);
          steps.set(key, step);
          lines.push(
            JSON.stringify({
              t: at,
              event: `bench-${options.producer}-${event}`,
              home: `Home ${options.producer}-${event}`,
              away: `Away ${options.producer}-${event}`,
              league: `League ${event % 20}`,
              country: 'Benchland',
              sport: 'soccer',
              kickoff: new Date(options.startMs + 86_400_000 + event * 60_000).toISOString(),
              bookmaker: book === 0 ? 'draftkings' : `book-${book}`,
              market,
              line,
              outcomes: outcomes.map((name, index) => ({ name, odds: (200 + index * 40 + (step % 2)) / 100 })),
              suspended: false,
              upd: at,
            } satisfies Snapshot),
          );
        }
      }
    }
    linesPerBody = lines.length;
    bodies.push(Buffer.from(`${lines.join('\n')}\n`));
  }
  return { bodies, linesPerBody };
}
