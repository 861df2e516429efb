import { MARKETS, type Market } from '../../contracts/market.ts';
import type { Memory } from './detection.ts';
import type { EventHistory, HistoryAbsence } from './event-history.ts';
import { HEARD_AGAIN_KEY, type HeardAgain, heardAgainOf } from './heard-again.ts';
import { LINES_PREFIX, absencesOf } from './line-change.ts';
import { PACE_KEY } from './pace.ts';

const SECOND_MS = 1_000;

/** What detection remembers of a match that its history of prices does not tell: absences of lines, polls that confirmed, its pace. */
export function replayMemory(
  memory: readonly { readonly key: string; readonly memory: Memory }[],
): Pick<EventHistory, 'absences' | 'heardAgain' | 'paceMs'> {
  const absences: HistoryAbsence[] = [];
  let again: readonly HeardAgain[] = [];
  let paceSeconds = Number.POSITIVE_INFINITY;
  for (const { key, memory: kept } of memory) {
    if (key === PACE_KEY) paceSeconds = Math.min(...Object.values((kept.seconds ?? {}) as Record<string, number>));
    if (key === HEARD_AGAIN_KEY) again = heardAgainOf(kept);
    const market = marketOf(key);
    if (market === undefined) continue;
    const bookmaker = key.slice(LINES_PREFIX.length, -market.length - 1);
    for (const absence of absencesOf(kept)) absences.push({ bookmaker, market, ...absence });
  }
  return { absences, heardAgain: again, paceMs: Number.isFinite(paceSeconds) ? paceSeconds * SECOND_MS : undefined };
}

/** The market of a key made by `linesKey`, undefined for any other key. */
const marketOf = (key: string): Market | undefined =>
  key.startsWith(LINES_PREFIX) ? MARKETS.find((market) => key.endsWith(`|${market}`)) : undefined;
