import type { Severity } from '../../contracts/alert.ts';
import { isWorseThan } from '../../contracts/alert-words.ts';
import type { Settings } from '../../contracts/settings.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import { namedIn, withNamed } from '../../contracts/named-in.ts';
import type { MemoryChange } from './advance.ts';
import { consensusOf, isFresh, votesOf } from './consensus.ts';
import type { EventState, Finding, Quote } from './detection.ts';
import { type Disagreement, disagreementsOn } from './direction-disagreement.ts';
import { fairOf } from './fair-prices.ts';
import { type Lag, lagOf } from './lagging.ts';
import { type Told, disagreementFinding, laggingFinding, offMarketFinding } from './market-findings.ts';
import { type OffMarket, offMarketOf } from './off-market.ts';
import { isQuarantined } from './quarantine.ts';
import { quoteKeyOf } from './quote-key.ts';
import { type Recurring, ceased, sighted } from './recurring.ts';

const MINUTE_MS = 60_000;

/** Something that holds of our price and is to be told only once it has held for a while. */
type Waiting = { readonly sinceMs: number; readonly polls: number; readonly told: Recurring | null };

/** What is remembered of our price of one market and line against the others'. */
type WatchMemory = {
  /** By outcome. */
  readonly lag: { readonly [outcome: string]: Waiting };
  readonly off: { readonly [outcome: string]: Waiting };
  /** By outcome and other side. */
  readonly disagree: { readonly [pair: string]: Recurring };
};

const NOTHING: WatchMemory = { lag: {}, off: {}, disagree: {} };

const watchKey = (quote: Quote): string => `watch|${quote.market}|${quote.line ?? ''}`;

/** Whether something about our price of this market waits for our next poll. */
export const isWatched = (state: EventState, quote: Quote): boolean => state.memory.has(watchKey(quote));

/** What our price of a market is against the others', after `quote` changed or ours was confirmed. */
export function watchMarket(
  state: EventState,
  quote: Quote,
  at: { readonly atMs: number; readonly settings: Settings; readonly eventId: number },
): { readonly findings: readonly Finding[]; readonly memoryChanges: readonly MemoryChange[] } {
  const { atMs, settings, eventId } = at;
  const nothing = { findings: [], memoryChanges: [] };
  const { ownBookmaker } = settings;
  const isOwn = quote.bookmaker === ownBookmaker;
  const book = state.books.get(ownBookmaker);
  const own = isOwn ? quote : book?.quotes.get(quoteKeyOf(ownBookmaker, quote.market, quote.line));
  const known = (state.memory.get(watchKey(quote)) as WatchMemory | undefined) ?? NOTHING;
  if (own === undefined || book === undefined) return nothing;
  if (isQuarantined(state, quoteKeyOf(ownBookmaker, quote.market, quote.line))) return nothing;
  if (own.state !== 'open' || !isFresh(state, ownBookmaker, book, atMs, settings)) {
    // Ours is shut or its feed is silent: what was waiting has no object any more.
    return own.state === 'open' || known === NOTHING
      ? nothing
      : { findings: [], memoryChanges: [{ key: watchKey(quote), memory: null }] };
  }
  if (!isOwn && known === NOTHING && !concerns(own, quote, settings)) return nothing;

  const votes = votesOf(state, { market: quote.market, line: quote.line, except: ownBookmaker, atMs }, settings);
  const coolDownMs = settings.coolDownMinutes * MINUTE_MS;
  const findings: Finding[] = [];
  let lag: WatchMemory['lag'] = {};
  let off: WatchMemory['off'] = {};
  let disagree: WatchMemory['disagree'] = {};
  const disagreements: Disagreeing[] = [];
  const told = (found: { readonly next: Recurring; readonly isNews: boolean }): Told => ({
    recurring: found.next,
    isNews: found.isNews,
  });

  // A feed that tells only what changed says of this price nothing more, but of others it does.
  const isHeardSince = (waiting: Waiting): boolean => waiting.polls > 0 || book.lastSeenMs > waiting.sinceMs;
  for (const { name } of own.outcomes) {
    const place = { state, own, outcome: name, atMs, settings, eventId };
    const others = { outcome: name, votes, consensus: consensusOf(votes, name, settings.consensusMinVotes) };
    const lagging = lagOf(state, own, others, atMs, settings);
    const wasLagging = namedIn(known.lag, name);
    const lagged = wait(wasLagging, lagging === null ? null : lagSeverity(wasLagging, lagging, atMs, settings), {
      isOwn,
      atMs,
      coolDownMs,
      isRipe: (waiting) =>
        waiting.polls >= settings.laggingPolls ||
        (isHeardSince(waiting) && atMs - waiting.sinceMs >= settings.laggingSeconds * 1_000),
    });
    if (lagged.waiting !== null) lag = withNamed(lag, name, lagged.waiting);
    if (lagging !== null && lagged.step !== null)
      findings.push(laggingFinding(place, lagging, told(lagged.step), lagged.sinceMs));

    const wasOff = namedIn(known.off, name);
    const offMarket: OffMarket | null = offMarketOf(own, others, settings, wasOff?.told?.isOpen ?? false);
    const strayed = wait(wasOff, offMarket?.severity ?? null, {
      isOwn,
      atMs,
      coolDownMs,
      isRipe: (waiting) => waiting.polls > 0 && atMs - waiting.sinceMs >= settings.offMarketHoldSeconds * 1_000,
    });
    if (strayed.waiting !== null) off = withNamed(off, name, strayed.waiting);
    if (offMarket !== null && strayed.step !== null)
      findings.push(offMarketFinding(place, offMarket, told(strayed.step)));

    for (const found of disagreementsOn(state, own, others, atMs, settings)) disagreements.push({ name, found });
  }
  for (const { name, found } of settings.foldOutcomes ? dangerousOnly(disagreements) : disagreements) {
    const pair = `${name}|${found.who}`;
    const before = namedIn(known.disagree, pair);
    const step = sighted(before, found.severity, atMs, coolDownMs);
    const standing = step?.next ?? before;
    if (standing !== undefined) disagree = withNamed(disagree, pair, standing);
    const place = { state, own, outcome: name, atMs, settings, eventId };
    if (step !== null) findings.push(disagreementFinding(place, found, told(step)));
  }
  for (const [pair, before] of Object.entries(known.disagree)) {
    if (Object.hasOwn(disagree, pair)) continue;
    const after = before.isOpen ? ceased(before, atMs) : before;
    if (atMs - after.lastMs <= coolDownMs) disagree = withNamed(disagree, pair, after);
  }
  const memory: WatchMemory = { lag, off, disagree };
  const isEmpty = [lag, off, disagree].every((part) => Object.keys(part).length === 0);
  if (isEmpty && known === NOTHING) return { findings, memoryChanges: [] };
  if (findings.length === 0 && JSON.stringify(memory) === JSON.stringify(known)) return nothing;
  return { findings, memoryChanges: [{ key: watchKey(quote), memory: isEmpty ? null : memory }] };
}

type Disagreeing = { readonly name: string; readonly found: Disagreement };

/** What we let drift is at stake; that we shortened the other outcomes of the market is the same disagreement. */
function dangerousOnly(disagreements: readonly Disagreeing[]): readonly Disagreeing[] {
  const drifting = new Set(
    disagreements.flatMap(({ found }) => (found.ownDirection === 'drifting' ? [found.who] : [])),
  );
  return disagreements.filter(({ found }) => found.ownDirection === 'drifting' || !drifting.has(found.who));
}

/**
 * Whether a competitor's new price can have put ours off the market or left it behind: for a median to cross a
 * bound, the price that changed last must have crossed it.
 */
function concerns(own: Quote, quote: Quote, settings: Settings): boolean {
  for (const { name, milliOdds, suspended } of own.outcomes) {
    if (suspended) continue;
    const fair = fairOf(quote, name);
    const now = quote.outcomes.find((outcome) => outcome.name === name);
    if (fair === null || now === undefined) continue;
    if (fair * fromMilliOdds(milliOdds) - 1 >= settings.offMarketEdgePercent.warning / 100) return true;
    for (const row of quote.recent.rows) {
      const past = row.outcomes.find((outcome) => outcome.name === name)?.milliOdds ?? now.milliOdds;
      if (Math.abs(past - now.milliOdds) * 100 >= settings.disagreementMinPercent * past) return true;
    }
  }
  return false;
}

function lagSeverity(waiting: Waiting | undefined, lag: Lag, atMs: number, settings: Settings): Severity {
  const forMs = waiting === undefined ? 0 : atMs - waiting.sinceMs;
  return forMs >= settings.laggingCriticalSeconds * 1_000 &&
    lag.consensusPercent >= settings.priceChangePercent.elevated
    ? 'critical'
    : 'elevated';
}

/** Lets a condition grow ripe over our own polls, tells it then, and closes it when it has ceased. */
function wait(
  known: Waiting | undefined,
  severity: Severity | null,
  rule: {
    readonly isOwn: boolean;
    readonly atMs: number;
    readonly coolDownMs: number;
    readonly isRipe: (waiting: Waiting) => boolean;
  },
) {
  const { isOwn, atMs, coolDownMs } = rule;
  const sinceMs = known !== undefined && known.sinceMs > 0 ? known.sinceMs : atMs;
  if (severity === null) {
    const before = known?.told ?? null;
    const after = before?.isOpen === true ? ceased(before, atMs) : before;
    const isKept = after !== null && atMs - after.lastMs <= coolDownMs;
    return { waiting: isKept ? { sinceMs: 0, polls: 0, told: after } : null, step: null, sinceMs };
  }
  const isFirst = known === undefined || known.sinceMs === 0;
  const polls = isFirst ? 0 : known.polls + (isOwn && atMs > known.sinceMs ? 1 : 0);
  const waiting: Waiting = { sinceMs, polls, told: known?.told ?? null };
  const isTold = waiting.told?.isOpen === true;
  const isWorse = isTold && isWorseThan(severity, waiting.told?.worst ?? 'critical');
  if (!(isTold ? isWorse : rule.isRipe(waiting))) {
    // Once told, polls are not counted on: nothing would come of it but writes.
    return { waiting: isTold ? { ...waiting, polls: known?.polls ?? 0 } : waiting, step: null, sinceMs };
  }
  const step = sighted(waiting.told ?? undefined, severity, atMs, coolDownMs);
  return { waiting: { ...waiting, told: step?.next ?? waiting.told }, step, sinceMs };
}
