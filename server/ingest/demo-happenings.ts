import type { Market } from '../../contracts/market.ts';
import type { DemoBook, DemoSport } from './demo-fixtures.ts';
import { DEMO_MARKETS } from './demo-pricing.ts';
import type { DemoRandom } from './demo-random.ts';
import type { Fixture } from './demo-schedule.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Something that befalls one book at one match. `market` null means all of them. */
type OfBook = { readonly book: number } & (
  | { readonly kind: 'belief'; readonly first: number; readonly second: number }
  | { readonly kind: 'tilt'; readonly market: Market; readonly tilt: number }
  | { readonly kind: 'push'; readonly market: Market; readonly by: number }
  | { readonly kind: 'settle'; readonly market: Market }
  | { readonly kind: 'shut'; readonly market: Market | null; readonly untilMs: number }
);

/**
 * What happens at a match. A `push` moves one book, `agree` what all books will come to see, and with `settle` one of
 * them does; sizes in log-odds.
 */
export type Happening = { readonly atMs: number } & (
  | { readonly kind: 'agree'; readonly market: Market; readonly by: number }
  | OfBook
);

type Rates = {
  readonly newsEveryMs: number;
  /** Median size, in the unit of the sport's beliefs; sizes are log-normal, so news is mostly small. */
  readonly newsSize: number;
  readonly tiltEveryMs: number;
  /** Median size of a book's own correction, in log-odds. */
  readonly tiltSize: number;
};

/**
 * Set by measurement, which `generated-recording.test.ts` repeats: polled every 15 minutes, quotes then change about
 * as often and as far as those of the real feeds did. A unit of belief is a log-goal in soccer, a point in basketball.
 */
const RATES: Readonly<Record<DemoSport, Rates>> = {
  soccer: { newsEveryMs: 9 * HOUR_MS, newsSize: 0.039, tiltEveryMs: 3.3 * HOUR_MS, tiltSize: 0.0245 },
  basketball: { newsEveryMs: 11 * HOUR_MS, newsSize: 0.5, tiltEveryMs: 5.5 * HOUR_MS, tiltSize: 0.023 },
};
/** Standard deviation of the logarithm of a size. */
const SIZE_SPREAD = 0.75;

const SHUT_EVERY_MS = 240 * HOUR_MS;
const SHUT_FOR_MS = 12 * MINUTE_MS;

function news(fixture: Fixture, books: readonly DemoBook[], random: DemoRandom): Happening[] {
  const happenings: Happening[] = [];
  const { newsEveryMs, newsSize } = RATES[fixture.sport];
  let atMs = fixture.listedAtMs + random.exponential(newsEveryMs);
  while (atMs < fixture.kickoffMs) {
    const size = newsSize * Math.exp(SIZE_SPREAD * random.normal());
    const direction = random.between(0, 2 * Math.PI);
    for (const [book, { lagMs }] of books.entries()) {
      happenings.push({
        kind: 'belief',
        book,
        atMs: atMs + random.exponential(lagMs),
        first: size * Math.cos(direction),
        second: size * Math.sin(direction),
      });
    }
    atMs += random.exponential(newsEveryMs);
  }
  return happenings;
}

/** Each book corrects each of its markets by itself now and then: most of what moves in a real feed. */
function tilts(fixture: Fixture, books: readonly DemoBook[], random: DemoRandom): Happening[] {
  const happenings: Happening[] = [];
  const { tiltEveryMs, tiltSize } = RATES[fixture.sport];
  for (const book of books.keys()) {
    for (const market of DEMO_MARKETS[fixture.sport]) {
      let atMs = fixture.listedAtMs + random.exponential(tiltEveryMs);
      while (atMs < fixture.kickoffMs) {
        const size = tiltSize * Math.exp(SIZE_SPREAD * random.normal());
        happenings.push({ kind: 'tilt', book, market, atMs, tilt: random.chance(0.5) ? size : -size });
        atMs += random.exponential(tiltEveryMs);
      }
    }
  }
  return happenings;
}

function closures(fixture: Fixture, books: readonly DemoBook[], random: DemoRandom): Happening[] {
  const happenings: Happening[] = [];
  for (const book of books.keys()) {
    let atMs = fixture.listedAtMs + random.exponential(SHUT_EVERY_MS);
    while (atMs < fixture.kickoffMs) {
      const market = random.chance(0.4) ? null : random.pick(DEMO_MARKETS[fixture.sport]);
      happenings.push({ kind: 'shut', book, market, atMs, untilMs: atMs + random.exponential(SHUT_FOR_MS) });
      atMs += random.exponential(SHUT_EVERY_MS);
    }
  }
  return happenings;
}

/** All that befalls a match from its listing to its kickoff, by time. */
export function happeningsOf(fixture: Fixture, books: readonly DemoBook[], random: DemoRandom): Happening[] {
  return [
    ...news(fixture, books, random),
    ...tilts(fixture, books, random),
    ...closures(fixture, books, random),
  ].toSorted((a, b) => a.atMs - b.atMs);
}
