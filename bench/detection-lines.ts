import { type Market, toMilliOdds } from '../contracts/market.ts';
import { detect } from '../server/detection/detect.ts';
import { type EventState, emptyEventState } from '../server/detection/detection.ts';
import type { Observation } from '../server/detection/observation.ts';
import { benchSettings } from './detection-replay.ts';

const START_MS = Date.parse('2026-03-01T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const POLLS = 6;
/** Polls before the clock runs. */
const WARM_UP = 2;
const BOOKS = ['ours', 'rival', 'other'];

/** Lines that are judged in all: the processor's time is counted in steps of some milliseconds. */
const LEAST_LINES = 3_000;

/** Mean µs of a changed snapshot of a match of which every book offers `lines` lines, as if the core were its own. */
export function changedOfManyLines(lines: number): number {
  const settings = benchSettings('ours');
  const spent = { ms: 0, wallMs: 0, cpuMs: 0, count: 0 };
  for (let judged = 0; judged < LEAST_LINES; judged += lines) {
    let state: EventState = emptyEventState(START_MS + DAY_MS);
    for (let poll = 0; poll < WARM_UP; poll += 1) hear(poll);
    const startedMs = performance.now();
    const startedCpu = process.threadCpuUsage();
    for (let poll = WARM_UP; poll < POLLS; poll += 1) {
      const took = hear(poll);
      spent.ms += took.ms;
      spent.count += took.count;
    }
    const { user, system } = process.threadCpuUsage(startedCpu);
    spent.cpuMs += (user + system) / 1_000;
    spent.wallMs += performance.now() - startedMs;

    function hear(poll: number): { readonly ms: number; readonly count: number } {
      let ms = 0;
      let count = 0;
      for (const observation of pollOf(lines, poll)) {
        const beforeMs = performance.now();
        ({ state } = detect(state, observation, settings, { eventId: 1 }));
        ms += performance.now() - beforeMs;
        count += 1;
      }
      return { ms, count };
    }
  }
  const coreShare = Math.min(1, spent.cpuMs / spent.wallMs);
  return (spent.ms / spent.count) * coreShare * 1_000;
}

/** Every price is a tick away from the last poll's: what is measured is the path, not alerts. */
function* pollOf(lines: number, poll: number): Generator<Observation> {
  for (const bookmaker of BOOKS) {
    for (let index = 0; index < lines; index += 1) {
      const market: Market = index % 2 === 0 ? 'over_under' : 'handicap';
      const [one, other] = market === 'over_under' ? ['over', 'under'] : ['1', '2'];
      yield {
        event: {
          sourceKey: 'lines',
          home: 'Home',
          away: 'Away',
          league: 'League',
          country: 'Country',
          sport: 'soccer',
          kickoffMs: START_MS + DAY_MS,
        },
        bookmaker,
        market,
        line: Math.floor(index / 2) / 4,
        outcomes: [
          { name: one ?? '', milliOdds: toMilliOdds(1.9 + poll / 100), suspended: false },
          { name: other ?? '', milliOdds: toMilliOdds(1.9 - poll / 100), suspended: false },
        ],
        suspended: false,
        observedAtMs: START_MS + poll * MINUTE_MS,
        upstreamAtMs: null,
      };
    }
  }
}
