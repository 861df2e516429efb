import type { Direction, Severity } from '../../contracts/alert.ts';
import { isWorseThan } from '../../contracts/alert-words.ts';
import type { Market } from '../../contracts/market.ts';

/** Whose price an episode is of. */
export type Place = {
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string;
};

/**
 * The move of one outcome's price as it is told to people: opened against an extreme, escalated in place, closed,
 * and opened again under the same alert within the cool-down. Times in epoch ms, prices in milli-odds.
 */
export type Episode = {
  /** Names the alert: when the first opening of this chain was found. */
  readonly keyMs: number;
  readonly isOpen: boolean;
  readonly direction: Direction;
  readonly base: number;
  readonly baseAtMs: number;
  /** Fair probability of the base in millionths; null where its market was not whole. */
  readonly baseFair: number | null;
  /** The furthest price reached. */
  readonly peak: number;
  readonly severity: Severity;
  /** The worst severity that the alert ever had. */
  readonly worst: Severity;
  readonly occurrences: number;
  readonly lastExtensionMs: number;
  /** Prices that stood until then are not looked back at. */
  readonly anchorMs: number;
  /** Another alert stands for it: it has none of its own. */
  readonly isFolded: boolean;
  /** Whose price named the alert, where it was told of another one first; else null. */
  readonly toldFirst: Place | null;
  /** Meaningful while closed. */
  readonly closedAtMs: number;
};

/** A price an outcome may have moved from. */
export type Base = { readonly milliOdds: number; readonly atMs: number; readonly fair: number | null };

export type EpisodeRules = { readonly quietMs: number; readonly coolDownMs: number; readonly retraceShare: number };

export type Judge = (base: Base) => Severity | null;

export type EpisodeStep = {
  readonly episode: Episode | null;
  /** `again` is a re-opening or an extension that is no worse than what was told: no news. */
  readonly news: 'opened' | 'escalated' | 'again' | null;
};

const moved = (from: number, to: number, direction: Direction): number =>
  direction === 'shortening' ? from - to : to - from;

/** The episode as it stands at `atMs` before any new price: settled when it went no further for too long. */
export function settle(episode: Episode, atMs: number, rules: EpisodeRules): Episode {
  const quietSinceMs = episode.lastExtensionMs + rules.quietMs;
  if (!episode.isOpen || atMs < quietSinceMs) return episode;
  return { ...episode, isOpen: false, anchorMs: quietSinceMs, closedAtMs: quietSinceMs };
}

/** Extends, escalates or closes an open episode by a new price. */
export function follow(episode: Episode, price: number, atMs: number, rules: EpisodeRules, judge: Judge): EpisodeStep {
  const { direction, base, peak } = episode;
  if (moved(peak, price, direction) <= 0) {
    const isReverted = moved(price, peak, direction) >= rules.retraceShare * moved(base, peak, direction);
    if (!isReverted) return { episode, news: null };
    return { episode: { ...episode, isOpen: false, anchorMs: atMs, closedAtMs: atMs }, news: null };
  }
  const further = { ...episode, peak: price, lastExtensionMs: atMs };
  const severity = judge({ milliOdds: base, atMs: episode.baseAtMs, fair: episode.baseFair });
  if (severity === null || !isWorseThan(severity, episode.severity)) return { episode: further, news: null };
  const isNews = isWorseThan(severity, episode.worst);
  return {
    episode: { ...further, severity, worst: isNews ? severity : episode.worst },
    news: isNews ? 'escalated' : null,
  };
}

/**
 * Opens an episode from `base`, or the closed one again. A move that goes on beyond the one that had settled is
 * measured from where that began: many small settled moves are one large one.
 */
export function open(
  closed: Episode | undefined,
  base: Base,
  at: { readonly price: number; readonly atMs: number; readonly severity: Severity },
  rules: EpisodeRules,
  judge: Judge,
): EpisodeStep {
  const { price, atMs } = at;
  const direction: Direction = price < base.milliOdds ? 'shortening' : 'drifting';
  const fresh: Episode = {
    keyMs: atMs,
    isOpen: true,
    direction,
    base: base.milliOdds,
    baseAtMs: base.atMs,
    baseFair: base.fair,
    peak: price,
    severity: at.severity,
    worst: at.severity,
    occurrences: 1,
    lastExtensionMs: atMs,
    anchorMs: 0,
    isFolded: false,
    toldFirst: null,
    closedAtMs: 0,
  };
  if (closed === undefined || atMs - closed.closedAtMs > rules.coolDownMs) return { episode: fresh, news: 'opened' };
  const goesOn = closed.direction === direction && moved(closed.peak, price, direction) > 0;
  const whole = goesOn ? judge({ milliOdds: closed.base, atMs: closed.baseAtMs, fair: closed.baseFair }) : null;
  const isWhole = whole !== null && !isWorseThan(at.severity, whole);
  const severity = isWhole ? whole : at.severity;
  const isNews = isWorseThan(severity, closed.worst);
  return {
    episode: {
      ...fresh,
      ...(isWhole && { base: closed.base, baseAtMs: closed.baseAtMs, baseFair: closed.baseFair }),
      keyMs: closed.keyMs,
      severity,
      worst: isNews ? severity : closed.worst,
      occurrences: closed.occurrences + 1,
      anchorMs: closed.anchorMs,
      isFolded: closed.isFolded,
      toldFirst: closed.toldFirst,
    },
    news: isNews ? 'escalated' : 'again',
  };
}
