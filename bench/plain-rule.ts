import type { Direction, Severity } from '../contracts/alert.ts';
import type { Market } from '../contracts/market.ts';
import { quoteKey } from '../server/detection/detection.ts';
import type { Observation } from '../server/detection/observation.ts';
import { directionOf } from '../server/detection/price-move.ts';

export type PlainAlert = {
  readonly event: string;
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string;
  readonly atMs: number;
  readonly direction: Direction;
  readonly severity: Severity;
};

/** The rule that everybody starts with: each open price against the one of the poll before, 7, 10 and 15 percent. */
export function createPlainRule() {
  const prices = new Map<string, number>();
  const alerts: PlainAlert[] = [];
  return {
    alerts,
    hear(observation: Observation): void {
      if (observation.suspended || observation.observedAtMs >= observation.event.kickoffMs) return;
      for (const { name, milliOdds, suspended } of observation.outcomes) {
        if (suspended) continue;
        const move = `${observation.event.sourceKey}|${quoteKey(observation)}|${name}`;
        const before = prices.get(move);
        prices.set(move, milliOdds);
        if (before === undefined) continue;
        const percent = (Math.abs(milliOdds - before) * 100) / before;
        if (percent < 7) continue;
        const severity = percent >= 15 ? 'critical' : percent >= 10 ? 'elevated' : 'warning';
        const { bookmaker, market, line, observedAtMs } = observation;
        const direction = directionOf(before, milliOdds);
        const event = observation.event.sourceKey;
        alerts.push({ event, bookmaker, market, line, outcome: name, atMs: observedAtMs, direction, severity });
      }
    },
  };
}
