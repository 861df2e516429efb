import type { Market } from '../../contracts/market.ts';
import type { DemoBook, DemoSport } from './demo-fixtures.ts';
import type { Happening } from './demo-happenings.ts';
import { type DemoRandom, createRandom } from './demo-random.ts';
import { type FixtureName, describeFixture, fixturesAt } from './demo-schedule.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** A story begins in every interval of this length, so that a desk that is watched has something to show. */
export const STORY_EVERY_MS = 75 * SECOND_MS;
/** Stories befall matches that begin soon, where traders look. */
const STORY_HORIZON_MATCHES = 16;

const OWN = 0;

export type Story = {
  readonly fixture: FixtureName;
  readonly beginsMs: number;
  readonly happenings: readonly Happening[];
};

const mainMarket = (sport: DemoSport): Market => (sport === 'soccer' ? '1x2' : 'moneyline');

function shuffled(random: DemoRandom, count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let index = count - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    [order[index], order[other]] = [order[other] ?? 0, order[index] ?? 0];
  }
  return order;
}

type Scene = {
  readonly random: DemoRandom;
  readonly books: readonly DemoBook[];
  readonly sport: DemoSport;
  readonly atMs: number;
};

/** Money on one side: some books follow within seconds, the own book a few minutes later. */
export function steam({ random, books, sport, atMs }: Scene, size: number): Happening[] {
  const market = random.chance(0.7) ? mainMarket(sport) : 'over_under';
  const by = random.chance(0.6) ? size : -size;
  const followers = shuffled(random, books.length)
    .filter((book) => book !== OWN)
    .slice(0, 2 + random.below(3));
  const lagging = atMs + random.between(2 * MINUTE_MS, 6 * MINUTE_MS);
  return [
    ...followers.map((book): Happening => ({
      kind: 'push',
      book,
      market,
      by,
      atMs: atMs + random.between(0, 60 * SECOND_MS),
    })),
    { kind: 'push', book: OWN, market, by: by * random.between(0.6, 1), atMs: lagging },
  ];
}

/** Many small steps one way, none of which says much. */
function drift({ random, books, sport, atMs }: Scene): Happening[] {
  const market = mainMarket(sport);
  const book = random.below(books.length);
  const by = random.chance(0.5) ? 0.035 : -0.035;
  return Array.from({ length: 8 }, (_, step) => ({
    kind: 'push',
    book,
    market,
    by,
    atMs: atMs + step * 90 * SECOND_MS,
  }));
}

/** We go one way while a competitor goes the other. */
export function split({ random, books, sport, atMs }: Scene, size: number): Happening[] {
  const market = mainMarket(sport);
  const rival = 1 + random.below(books.length - 1);
  return [
    { kind: 'push', book: rival, market, by: size, atMs },
    { kind: 'push', book: OWN, market, by: -size, atMs: atMs + random.between(10 * SECOND_MS, 50 * SECOND_MS) },
  ];
}

function closure({ random, books, sport, atMs }: Scene): Happening[] {
  const market = mainMarket(sport);
  return [
    {
      kind: 'shut',
      book: random.below(books.length),
      market,
      atMs,
      untilMs: atMs + random.between(40, 150) * SECOND_MS,
    },
  ];
}

/** Something is up: most competitors take the market down, the own book has not noticed. */
export function exodus({ random, books, sport, atMs }: Scene): Happening[] {
  const market = mainMarket(sport);
  const untilMs = atMs + random.between(90, 180) * SECOND_MS;
  return shuffled(random, books.length)
    .filter((book) => book !== OWN)
    .slice(0, Math.ceil((books.length - 1) * 0.65))
    .map((book) => ({ kind: 'shut', book, market, atMs: atMs + random.between(0, 15 * SECOND_MS), untilMs }));
}

/** The story that begins in the interval with this number; intervals count from the epoch. */
export function storyOf(seed: string, interval: number, books: readonly DemoBook[]): Story | undefined {
  const random = createRandom(`${seed} story ${interval}`);
  const atMs = Math.floor(interval * STORY_EVERY_MS + random.between(0, STORY_EVERY_MS));
  const listed = fixturesAt(interval * STORY_EVERY_MS);
  const fixture = listed[random.below(Math.min(STORY_HORIZON_MATCHES, listed.length))];
  if (fixture === undefined) return undefined;
  const scene: Scene = { random, books, sport: describeFixture(seed, fixture).sport, atMs };
  return { fixture, beginsMs: atMs, happenings: happeningsOfStory(scene) };
}

function happeningsOfStory(scene: Scene): Happening[] {
  const { random } = scene;
  const dice = random.next();
  if (dice < 0.5) return steam(scene, random.between(0.1, 0.26));
  if (dice < 0.64) return drift(scene);
  if (dice < 0.78) return split(scene, random.between(0.07, 0.15));
  return dice < 0.93 ? closure(scene) : exodus(scene);
}
