import { DEMO_LEAGUES, type DemoSport } from './demo-fixtures.ts';
import { createRandom } from './demo-random.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Three layers of matches by the time they are listed before kickoff; together 40 are on offer at any instant,
 * and every few minutes one begins and another is listed. A match is named by its layer and its place in it, so
 * the fixtures depend on the seed and on the time of day alone: a restarted desk meets the same matches again.
 */
const LAYERS = [
  { name: 'soon', everyMs: 20 * MINUTE_MS, listedMs: 4 * HOUR_MS, offsetMs: 10 * MINUTE_MS },
  { name: 'today', everyMs: HOUR_MS, listedMs: 16 * HOUR_MS, offsetMs: 0 },
  { name: 'days', everyMs: 6 * HOUR_MS, listedMs: 72 * HOUR_MS, offsetMs: 3 * HOUR_MS },
] as const;

export type Fixture = {
  readonly key: string;
  readonly sport: DemoSport;
  readonly country: string;
  readonly league: string;
  readonly home: string;
  readonly away: string;
  readonly listedAtMs: number;
  readonly kickoffMs: number;
};

export type FixtureName = { readonly layer: number; readonly place: number };

const layerOf = (index: number) => LAYERS[index] ?? LAYERS[0];

export const fixtureKey = (seed: string, { layer, place }: FixtureName): string =>
  `demo-${seed}-${layerOf(layer).name}-${place}`;

/** The matches on offer at `nowMs`, soonest first in each layer. */
export function fixturesAt(nowMs: number): FixtureName[] {
  return LAYERS.flatMap(({ everyMs, listedMs, offsetMs }, layer) => {
    const first = Math.floor((nowMs - offsetMs) / everyMs) + 1;
    const last = Math.floor((nowMs + listedMs - offsetMs) / everyMs);
    return Array.from({ length: last - first + 1 }, (_, index) => ({ layer, place: first + index }));
  });
}

/** Who plays, where and when. */
export function describeFixture(seed: string, name: FixtureName): Fixture {
  const { everyMs, listedMs, offsetMs } = layerOf(name.layer);
  const key = fixtureKey(seed, name);
  const random = createRandom(`${key} teams`);
  const { teams, ...where } = random.pick(DEMO_LEAGUES);
  const home = random.below(teams.length);
  const away = (home + 1 + random.below(teams.length - 1)) % teams.length;
  const kickoffMs = name.place * everyMs + offsetMs;
  return {
    key,
    ...where,
    home: teams[home] ?? '',
    away: teams[away] ?? '',
    listedAtMs: kickoffMs - listedMs,
    kickoffMs,
  };
}
