import { DEMO_LEAGUES, type DemoLeague, type DemoSport } from './demo-fixtures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Three layers of matches by the time they are listed before kickoff; together 40 are on offer at any instant,
 * and every few minutes one begins and another is listed. A match is named by its layer and its place in it, so
 * the fixtures depend on the time alone: a restarted desk meets the same matches again. Each league plays in one
 * layer, so that nobody plays two matches at a time.
 */
const LAYERS = [
  {
    name: 'soon',
    everyMs: 20 * MINUTE_MS,
    listedMs: 4 * HOUR_MS,
    offsetMs: 10 * MINUTE_MS,
    leagues: leaguesOf(['Argentina', 'Brazil', 'England', 'Japan', 'Nigeria', 'United States']),
  },
  {
    name: 'today',
    everyMs: HOUR_MS,
    listedMs: 16 * HOUR_MS,
    offsetMs: 0,
    leagues: leaguesOf(['Spain', 'Türkiye']),
  },
  {
    name: 'days',
    everyMs: 6 * HOUR_MS,
    listedMs: 72 * HOUR_MS,
    offsetMs: 3 * HOUR_MS,
    leagues: leaguesOf(['Kenya']),
  },
] as const;

function leaguesOf(countries: readonly string[]): readonly DemoLeague[] {
  return DEMO_LEAGUES.filter(({ country }) => countries.includes(country));
}

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

/** Who plays, where and when: the leagues of a layer take turns, and in each of them everybody plays everybody. */
export function describeFixture(seed: string, name: FixtureName): Fixture {
  const { everyMs, listedMs, offsetMs, leagues } = layerOf(name.layer);
  const { teams, ...where } = leagueAt(leagues, name.place);
  const [home, away] = pairing(teams, Math.floor(name.place / leagues.length));
  const kickoffMs = name.place * everyMs + offsetMs;
  return { key: fixtureKey(seed, name), ...where, home, away, listedAtMs: kickoffMs - listedMs, kickoffMs };
}

function leagueAt(leagues: readonly DemoLeague[], place: number): DemoLeague {
  const league = leagues[place % leagues.length];
  if (league === undefined) throw new Error('expected each layer of the demo to have a league');
  return league;
}

/**
 * The match with this number of a league that goes on for ever, by the circle method: one team stays, the others
 * move on by one place with each round, and who faces whom plays. Home and away change places from turn to turn.
 */
function pairing(teams: readonly string[], match: number): readonly [home: string, away: string] {
  const perRound = teams.length / 2;
  const round = Math.floor(match / perRound);
  const place = match % perRound;
  const moving = teams.length - 1;
  const seat = (index: number): string => (index === 0 ? teams[0] : teams[1 + ((index - 1 + round) % moving)]) ?? '';
  const pair = [seat(place), seat(moving - place)] as const;
  return Math.floor(round / moving) % 2 === round % 2 ? pair : [pair[1], pair[0]];
}
