import { DEFAULT_SETTINGS, type Settings } from '../../contracts/settings.ts';
import { type Market, toMilliOdds } from '../../contracts/market.ts';
import { detect } from './detect.ts';
import { type Detection, type EventState, type Finding, type IsMuted, emptyEventState } from './detection.ts';
import type { Observation } from './observation.ts';

export const MINUTE_MS = 60_000;
export const START_MS = Date.parse('2026-03-01T12:00:00Z');
export const KICKOFF_MS = START_MS + 24 * 60 * MINUTE_MS;
export const EVENT_ID = 7;
export const SETTINGS: Settings = { ...DEFAULT_SETTINGS, ownBookmaker: 'ours' };

const OUTCOMES: Readonly<Record<Market, readonly string[]>> = {
  '1x2': ['1', 'X', '2'],
  over_under: ['over', 'under'],
  handicap: ['1', '2'],
  moneyline: ['1', '2'],
  btts: ['yes', 'no'],
  double_chance: ['1X', '12', 'X2'],
};

type Said = {
  readonly bookmaker: string;
  readonly minute: number;
  /** By default 1x2. */
  readonly market?: Market;
  readonly line?: number | null;
  /** Decimal odds in the usual order of the market. */
  readonly odds?: readonly number[];
  readonly suspended?: boolean;
  /** Positions of outcomes that are suspended by themselves. */
  readonly suspendedOutcomes?: readonly number[];
  readonly kickoffMs?: number;
};

/** One snapshot as a feed says it, `minute` minutes after the start. */
export function say(said: Said): Observation {
  const { bookmaker, minute, market = '1x2', line = null, odds = [], suspended = false, suspendedOutcomes = [] } = said;
  return {
    event: {
      sourceKey: 'e1',
      home: 'Home',
      away: 'Away',
      league: 'League',
      country: 'Country',
      sport: 'soccer',
      kickoffMs: said.kickoffMs ?? KICKOFF_MS,
    },
    bookmaker,
    market,
    line,
    outcomes: odds.map((price, index) => ({
      name: OUTCOMES[market][index] ?? `outcome ${index}`,
      milliOdds: toMilliOdds(price),
      suspended: suspendedOutcomes.includes(index),
    })),
    suspended,
    observedAtMs: START_MS + Math.round(minute * MINUTE_MS),
    upstreamAtMs: null,
  };
}

/** Follows one event through a stream of observations. */
export function follow(settings: Partial<Settings> = {}, isMuted?: IsMuted) {
  const inForce: Settings = { ...SETTINGS, ...settings };
  let state: EventState = emptyEventState(KICKOFF_MS);
  return {
    state: (): EventState => state,
    replace(next: EventState): void {
      state = next;
    },
    hear(said: Said): Detection {
      const detection = detect(state, say(said), inForce, { eventId: EVENT_ID, isMuted });
      state = detection.state;
      return detection;
    },
    /** Hears them in turn and tells all that was found. */
    findings(...stream: readonly Said[]): Finding[] {
      return stream.flatMap((said) => this.hear(said).findings);
    },
  };
}

/** What a test usually wants to know of a finding. */
export const summary = ({ type, severity, bookmaker, market, line, outcome, availability }: Finding): string =>
  [type, availability, severity, bookmaker, market, line, outcome].filter((part) => part !== null).join(' ');
