import type { AlertType, Severity } from '../../contracts/alert.ts';
import { SEVERITIES } from '../../contracts/alert-words.ts';
import type { EventId } from '../../contracts/ids.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import {
  MAX_TRY_ALERTS,
  type NowAndTried,
  type TriedAlert,
  type TriedEvent,
  type TrySummary,
} from '../../contracts/settings-try.ts';
import type { Finding } from '../detection/detection.ts';
import { isToldAlready } from './told-already.ts';

type Unmatched = Omit<TriedAlert, 'inBoth'>;

const odds = (milliOdds: number | null): number | null => (milliOdds === null ? null : fromMilliOdds(milliOdds));
const hundredths = (basisPoints: number | null): number | null => (basisPoints === null ? null : basisPoints / 100);

/** What an alert is about, whenever it came. */
const subjectOf = ({ eventId, bookmaker, market, line, outcome, type }: Unmatched): string =>
  JSON.stringify([eventId, bookmaker, market, line, outcome, type]);

/**
 * Gathers what a try finds beside what was stored. As in the store, a finding of a known key is that alert again:
 * it counts once, at its first time and its worst severity. What was there before the range is left out.
 */
export function createTriedAlerts(range: { readonly fromMs: number; readonly toMs: number }) {
  const fired = new Map<string, Unmatched>();
  const stored: Unmatched[] = [];
  const events = new Map<EventId, TriedEvent>();
  let observations = 0;

  return {
    addEvent(id: EventId, { home, away, league, sport }: Omit<TriedEvent, 'id'>): void {
      events.set(id, { id, home, away, league, sport });
    },
    fire(eventId: EventId, finding: Finding, atMs: number): void {
      const known = fired.get(finding.alertKey);
      if (known !== undefined && isToldAlready(known, finding, known.bookmaker === finding.bookmaker)) return;
      fired.set(finding.alertKey, {
        id: null,
        eventId,
        bookmaker: finding.bookmaker,
        market: finding.market,
        line: finding.line,
        outcome: finding.outcome,
        type: finding.type,
        severity: finding.severity,
        changePercent: hundredths(finding.changeBasisPoints),
        probabilityPoints: hundredths(finding.probabilityBasisPoints),
        oldOdds: odds(finding.oldMilliOdds),
        newOdds: odds(finding.newMilliOdds),
        availability: finding.availability,
        at: known?.at ?? new Date(atMs).toISOString(),
      });
    },
    addStored: (alerts: readonly Unmatched[]): void => void stored.push(...alerts),
    count: (more: number): void => void (observations += more),
    observations: (): number => observations,

    /** Both lists by time, as far as they fit, and their summary. */
    result() {
      const then = [...fired.values()].filter((alert) => Date.parse(alert.at) >= range.fromMs);
      const lists = { fired: matched(then, stored), stored: matched(stored, then) };
      const named = new Set([...lists.fired, ...lists.stored].map((alert) => alert.eventId));
      return {
        ...lists,
        events: [...events.values()].filter((event) => named.has(event.id)),
        truncated: then.length > MAX_TRY_ALERTS || stored.length > MAX_TRY_ALERTS,
        summary: summarize(stored, then),
        observations,
      };
    },
  };
}

function matched(alerts: readonly Unmatched[], others: readonly Unmatched[]): TriedAlert[] {
  const subjects = new Set(others.map(subjectOf));
  return alerts
    .toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at))
    .slice(0, MAX_TRY_ALERTS)
    .map((alert) => ({ ...alert, inBoth: subjects.has(subjectOf(alert)) }));
}

function summarize(stored: readonly Unmatched[], fired: readonly Unmatched[]): TrySummary {
  const byType: Partial<Record<AlertType, NowAndTried>> = {};
  const bySeverity = Object.fromEntries(SEVERITIES.map((severity) => [severity, { now: 0, tried: 0 }])) as Record<
    Severity,
    NowAndTried
  >;
  for (const [alerts, side] of [
    [stored, 'now'],
    [fired, 'tried'],
  ] as const) {
    for (const { type, severity } of alerts) {
      (byType[type] ??= { now: 0, tried: 0 })[side] += 1;
      bySeverity[severity][side] += 1;
    }
  }
  return { now: stored.length, tried: fired.length, byType, bySeverity };
}
