import type { Severity } from '../../contracts/alert.ts';
import { isWorseThan } from '../../contracts/alert-words.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { Transition } from './availability.ts';
import { consensusOf, votesOf } from './consensus.ts';
import type { EventState } from './detection.ts';
import { basisPointsBetween, fairOf, fairOfRow } from './fair-prices.ts';
import { bandOf, changeBasisPoints } from './price-move.ts';
import { ticksBetween } from './ticks.ts';

const MINUTE_MS = 60_000;

/** The outcome of a returned market whose price is the furthest from where it was when the market shut. */
export type ReturnedPrice = {
  readonly outcome: string;
  readonly from: number;
  readonly to: number;
  readonly changeBasisPoints: number;
  readonly basisPoints: number;
  readonly severity: Severity;
};

/**
 * The price at which a market came back, where it moved by a band and its floor while nobody could see it; null where
 * it did not. No worse than a warning after hours, and where a competitor came back to where the others stand by now.
 */
export function returnedPrice(state: EventState, transition: Transition, settings: Settings): ReturnedPrice | null {
  const { quote, was, fromAtMs, availability } = transition;
  if (availability !== 'returned') return null;
  const before = was.map((outcome) => ({ ...outcome, suspended: false }));
  const priced = { outcomes: before, fair: fairOfRow(quote.market, before) };
  let worst: ReturnedPrice | null = null;
  for (const { name, milliOdds, suspended } of quote.outcomes) {
    const from = before.find((outcome) => outcome.name === name)?.milliOdds;
    if (from === undefined || suspended || ticksBetween(from, milliOdds) < settings.minTicks) continue;
    const [old, now] = [fairOf(priced, name), fairOf(quote, name)];
    const basisPoints =
      old === null || now === null ? basisPointsBetween(1_000 / from, 1_000 / milliOdds) : basisPointsBetween(old, now);
    const move = { from, to: milliOdds, basisPoints, weight: 1 };
    const severity = bandOf(move, settings.priceChangePercent, settings.priceChangePoints);
    if (severity === null || (worst !== null && !isWorseThan(severity, worst.severity))) continue;
    const change = changeBasisPoints(from, milliOdds);
    worst = { outcome: name, from, to: milliOdds, changeBasisPoints: change, basisPoints, severity };
  }
  if (worst === null) return null;
  const isLongAgo = quote.changedAtMs - fromAtMs > settings.maxGapMinutes * MINUTE_MS;
  return isLongAgo || isInLine(state, transition, worst.outcome, settings) ? { ...worst, severity: 'warning' } : worst;
}

function isInLine(state: EventState, { quote }: Transition, outcome: string, settings: Settings): boolean {
  const { bookmaker, market, line, changedAtMs } = quote;
  if (bookmaker === settings.ownBookmaker) return false;
  const votes = votesOf(state, { market, line, except: bookmaker, atMs: changedAtMs }, settings);
  const others = consensusOf(votes, outcome, settings.consensusMinVotes);
  const fair = fairOf(quote, outcome);
  return others !== null && fair !== null && Math.abs(fair - others.fair) * 100 < settings.inLinePoints;
}
