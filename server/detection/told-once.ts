import { namedIn } from '../../contracts/named-in.ts';
import { isWorseThan } from '../../contracts/alert-words.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { MemoryChange } from './advance.ts';
import { type EventState, type Finding, type IsMuted, type Memory, type Quote, quoteKey } from './detection.ts';
import { type Episode, type Place, settle } from './episode.ts';
import { type PriceMove, movesMemoryKey, movesOf, rulesOf, withEpisode } from './moves-memory.ts';
import { isSameOpinion } from './opinion.ts';
import { priceChangeOf } from './price-change.ts';
import { moveOf } from './price-episodes.ts';

export const TOLD_KEY = 'told';

type Standing = { readonly place: Place; readonly episode: Episode };

const toldPlaces = (state: EventState): readonly Place[] =>
  (state.memory.get(TOLD_KEY)?.places ?? []) as readonly Place[];

const isPlace = (place: Place, quote: Omit<Place, 'outcome'>, outcome: string): boolean =>
  place.bookmaker === quote.bookmaker &&
  place.market === quote.market &&
  place.line === quote.line &&
  place.outcome === outcome;

/** The told episode of a place that is open or has just settled; what was taken back stands for nothing any more. */
function standingAt(state: EventState, place: Place, atMs: number, settings: Settings): Episode | null {
  const stored = namedIn(movesOf(state.memory, quoteKey(place)).episodes, place.outcome);
  if (stored === undefined || stored.isFolded) return null;
  const rules = rulesOf(settings);
  const episode = settle(stored, atMs, rules);
  const isSettled = !episode.isOpen && episode.closedAtMs === episode.lastExtensionMs + rules.quietMs;
  return episode.isOpen || (isSettled && atMs - episode.closedAtMs <= rules.coolDownMs) ? episode : null;
}

/**
 * The told alert that a move belongs to: of the same opinion, of the same book or else of another one. One that is muted
 * stands only for what is muted itself, and what is muted is not put into one that is not.
 */
function standingFor(state: EventState, move: PriceMove, settings: Settings, isMuted: IsMuted): Standing | null {
  const { quote, outcome, episode, atMs } = move;
  const { bookmaker, market, line } = quote;
  const opinion = { market, line, outcome, direction: episode.direction };
  const isQuiet = isMuted(quote);
  let ofAnother: Standing | null = null;
  for (const place of toldPlaces(state)) {
    const isSameBook = place.bookmaker === bookmaker;
    if (!isSameBook && (ofAnother !== null || !settings.foldFollowers)) continue;
    if (isPlace(place, quote, outcome) || isMuted(place) !== isQuiet) continue;
    const standing = standingAt(state, place, atMs, settings);
    if (standing === null) continue;
    const isSame = isSameOpinion({ ...place, direction: standing.direction }, opinion, settings);
    if (isSameBook && (isSame || isSameMove(place, standing, move, settings))) return { place, episode: standing };
    if (isSame) ofAnother = { place, episode: standing };
  }
  return ofAnother;
}

/** Outcomes of one market that a book moved at one instant, or that both drift because a third one shortens. */
function isSameMove(place: Place, told: Episode, { quote, episode, atMs }: PriceMove, settings: Settings): boolean {
  if (!settings.foldOutcomes || place.market !== quote.market || place.line !== quote.line) return false;
  const doBothDrift = told.direction === 'drifting' && episode.direction === 'drifting';
  return doBothDrift || (told.isOpen && told.lastExtensionMs === atMs);
}

/** What moved together in the order in which it is told: what shortens first, as that is where money is lost. */
export const inOrderOfDanger = (moves: readonly PriceMove[]): readonly PriceMove[] =>
  moves.length < 2
    ? moves
    : moves.toSorted(
        (one, other) =>
          Number(other.episode.direction === 'shortening') - Number(one.episode.direction === 'shortening') ||
          Math.abs(other.basisPoints) - Math.abs(one.basisPoints) ||
          (one.outcome < other.outcome ? -1 : 1),
      );

/**
 * The finding of a move, told once: a move of an opinion that an alert stands for already has none of its own and
 * makes that alert as bad as itself. `state` holds the episode of the move; the changes are to be remembered.
 */
export function tellOnce(
  state: EventState,
  move: PriceMove,
  settings: Settings,
  { eventId, isMuted }: { readonly eventId: number; readonly isMuted: IsMuted },
): { readonly finding: Finding | null; readonly changes: readonly MemoryChange[] } {
  const isTold = move.news !== 'opened' && !move.episode.isFolded;
  const standing = isTold ? null : standingFor(state, move, settings, isMuted);
  if (standing !== null) return foldInto(state, move, standing, settings, eventId);
  if (isTold) {
    const follows = toldFirst(state, move, settings);
    // What was taken back stood for nothing: opened again, it is among what stands.
    const isListed = toldPlaces(state).some((place) => isPlace(place, move.quote, move.outcome));
    const changes = isListed ? [] : [withTold(state, move, settings)];
    return { finding: priceChangeOf(state, move, settings, eventId, { follows }), changes };
  }
  const episode = ofItsOwn(move);
  const own: PriceMove = { ...move, episode, news: 'opened' };
  const changes = [remembered(state, move, episode), withTold(state, move, settings)];
  return { finding: priceChangeOf(state, own, settings, eventId), changes };
}

/**
 * The episode of a move that has an alert of its own from now on. Where another one stood for it until now, it may have
 * named that one, which goes on under its name.
 */
const ofItsOwn = ({ episode, news, atMs }: PriceMove): Episode =>
  news === 'opened'
    ? { ...episode, isFolded: false }
    : {
        ...episode,
        keyMs: atMs,
        toldFirst: null,
        worst: episode.severity,
        occurrences: 1,
        isFolded: false,
      };

/** The move of another book that an alert was told of before it came to speak of this one, while that is remembered. */
function toldFirst(state: EventState, { quote, episode, atMs }: PriceMove, settings: Settings): PriceMove | undefined {
  const first = episode.toldFirst;
  if (first === null || first === undefined || first.bookmaker === quote.bookmaker) return undefined;
  const behind = namedIn(movesOf(state.memory, quoteKey(first)).episodes, first.outcome);
  const theirs = quoteAt(state, first);
  // Under a name of its own it is a later move.
  if (theirs === undefined || behind?.keyMs !== episode.keyMs) return undefined;
  return moveOf({ state, quote: theirs, atMs, settings }, first.outcome, behind, 'again');
}

function foldInto(
  state: EventState,
  move: PriceMove,
  { place, episode }: Standing,
  settings: Settings,
  eventId: number,
) {
  const isSameMarket = quoteKey(place) === quoteKey(move.quote);
  const isLost = isSameMarket && episode.direction === 'drifting' && move.episode.direction === 'shortening';
  if (isLost || isOursBehind(place, move, settings))
    return takeOver(state, move, { place, episode }, settings, eventId);
  const folded = remembered(state, move, { ...move.episode, isFolded: true });
  const { severity } = move.episode;
  const quote = quoteAt(state, place);
  if (quote === undefined || !isWorseThan(severity, episode.worst)) {
    return { finding: null, changes: [folded] };
  }
  const worse = { ...episode, severity, worst: severity };
  const key = movesMemoryKey(quoteKey(place));
  // Outcomes of one market share a memory.
  const before = isSameMarket ? folded.moves : movesOf(state.memory, quoteKey(place));
  const moves = withEpisode(before, place.outcome, worse);
  const news = episode.keyMs === move.atMs ? 'opened' : 'escalated';
  const raised = moveOf({ state, quote, atMs: move.atMs, settings }, place.outcome, worse, news);
  const follows = toldFirst(state, raised, settings);
  return {
    finding: priceChangeOf(state, raised, settings, eventId, { raisedBy: move, follows }),
    changes: isSameMarket ? [{ key, memory: moves }] : [folded, { key, memory: moves }],
  };
}

/**
 * The alert of a move from now on speaks of this price. Money is lost on the outcome that shortens, and on our own
 * prices: once one of these moved enough itself, it is what a trader has to see.
 */
function takeOver(
  state: EventState,
  move: PriceMove,
  { place, episode }: Standing,
  settings: Settings,
  eventId: number,
) {
  const isWorse = isWorseThan(move.episode.severity, episode.worst);
  const worst = isWorse ? move.episode.severity : episode.worst;
  const taken: Episode = {
    ...move.episode,
    keyMs: episode.keyMs,
    toldFirst: episode.toldFirst ?? place,
    severity: worst,
    worst,
    occurrences: episode.occurrences,
    isFolded: false,
  };
  const own = remembered(state, move, taken);
  const key = movesMemoryKey(quoteKey(place));
  const isSameMarket = key === own.key;
  const before = isSameMarket ? own.moves : movesOf(state.memory, quoteKey(place));
  const behind = { key, memory: withEpisode(before, place.outcome, { ...episode, isFolded: true }) };
  const news = isWorse ? 'escalated' : episode.keyMs === move.atMs ? 'opened' : 'again';
  const { bookmaker, market, line } = move.quote;
  const others = toldPlaces(state).filter((each) => each !== place);
  const told = { places: [...others, { bookmaker, market, line, outcome: move.outcome }] };
  const quote = quoteAt(state, place);
  const first =
    quote === undefined ? undefined : moveOf({ state, quote, atMs: move.atMs, settings }, place.outcome, episode, news);
  const isMilder = isWorseThan(worst, move.episode.severity);
  const beside = {
    ...(isMilder && { raisedBy: first }),
    ...(place.bookmaker !== bookmaker && { follows: first }),
  };
  return {
    finding: priceChangeOf(state, { ...move, episode: taken, news }, settings, eventId, beside),
    changes: [...(isSameMarket ? [] : [own]), behind, { key: TOLD_KEY, memory: told }],
  };
}

/** Whether our own price does what an alert has told of a competitor's. */
const isOursBehind = (place: Place, { quote }: PriceMove, { ownBookmaker }: Settings): boolean =>
  quote.bookmaker === ownBookmaker && place.bookmaker !== ownBookmaker;

const quoteAt = (state: EventState, place: Place): Quote | undefined =>
  state.books.get(place.bookmaker)?.quotes.get(quoteKey(place));

function remembered(state: EventState, { quote, outcome }: PriceMove, episode: Episode) {
  const moves = withEpisode(movesOf(state.memory, quoteKey(quote)), outcome, episode);
  return { key: movesMemoryKey(quoteKey(quote)), memory: moves satisfies Memory, moves };
}

/** The places of what was told, with the one of a move, and without those that stand for nothing any more. */
function withTold(state: EventState, { quote, outcome, atMs }: PriceMove, settings: Settings): MemoryChange {
  const { bookmaker, market, line } = quote;
  const others = toldPlaces(state).filter(
    (place) => !isPlace(place, quote, outcome) && standingAt(state, place, atMs, settings) !== null,
  );
  return { key: TOLD_KEY, memory: { places: [...others, { bookmaker, market, line, outcome }] } };
}
