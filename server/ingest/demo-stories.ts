import type { Market } from '../../contracts/market.ts';
import type { DemoBook, DemoSport } from './demo-fixtures.ts';
import type { Happening } from './demo-happenings.ts';
import { type DemoRandom, createRandom } from './demo-random.ts';
import { type FixtureName, describeFixture, fixturesAt } from './demo-schedule.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** A story begins in every interval of this length, so that a desk that is watched has something to show. */
export const STORY_EVERY_MS = 100 * SECOND_MS;
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

/** Between these many minutes after a story everybody has come round to it. */
type Minutes = readonly [from: number, to: number];

const settling = ({ random }: Scene, books: readonly number[], market: Market, sinceMs: number, [from, to]: Minutes) =>
  books.map((book): Happening => ({
    kind: 'settle',
    book,
    market,
    atMs: sinceMs + random.between(from * MINUTE_MS, to * MINUTE_MS),
  }));

/** Money on one side: some books follow within a minute, the others and the own book some minutes later. */
export function steam(scene: Scene, size: number): Happening[] {
  const { random, books, sport, atMs } = scene;
  const market = random.chance(0.7) ? mainMarket(sport) : 'over_under';
  const by = random.chance(0.6) ? size : -size;
  const competitors = shuffled(random, books.length).filter((book) => book !== OWN);
  const quick = 2 + random.below(3);
  return [
    { kind: 'agree', market, by, atMs },
    ...settling(scene, competitors.slice(0, quick), market, atMs, [0, 1]),
    ...settling(scene, competitors.slice(quick), market, atMs, [1, 8]),
    ...settling(scene, [OWN], market, atMs, [2, 6]),
  ];
}

/** Many small steps of one book, none of which says much; the others see it when they are done. */
function drift(scene: Scene): Happening[] {
  const { random, books, sport, atMs } = scene;
  const market = mainMarket(sport);
  const order = shuffled(random, books.length);
  const [book = OWN] = order;
  const steps = 8;
  const by = random.chance(0.5) ? 0.035 : -0.035;
  const doneMs = atMs + steps * 90 * SECOND_MS;
  return [
    ...Array.from({ length: steps }, (_, step): Happening => ({
      kind: 'push',
      book,
      market,
      by,
      atMs: atMs + step * 90 * SECOND_MS,
    })),
    { kind: 'agree', market, by: steps * by, atMs: doneMs },
    ...settling(scene, order, market, doneMs, [0, 10]),
  ];
}

/** We go one way while a competitor goes the other; after some minutes one of us gives in. */
export function split(scene: Scene, size: number): Happening[] {
  const { random, books, sport, atMs } = scene;
  const market = mainMarket(sport);
  const order = shuffled(random, books.length);
  const rival = order.find((book) => book !== OWN) ?? OWN;
  const decidedMs = atMs + random.between(4 * MINUTE_MS, 9 * MINUTE_MS);
  return [
    { kind: 'push', book: rival, market, by: size, atMs },
    { kind: 'push', book: OWN, market, by: -size, atMs: atMs + random.between(10 * SECOND_MS, 50 * SECOND_MS) },
    { kind: 'agree', market, by: random.chance(0.5) ? size : -size, atMs: decidedMs },
    ...settling(scene, order, market, decidedMs, [0, 8]),
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
  if (dice < 0.68) return drift(scene);
  if (dice < 0.84) return split(scene, random.between(0.07, 0.15));
  return dice < 0.94 ? closure(scene) : exodus(scene);
}
