import type { Market } from '../../contracts/market.ts';
import { namedIn } from '../../contracts/named-in.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { BookState, EventState, Quote } from './detection.ts';
import { fairOf } from './fair-prices.ts';
import { isQuarantined } from './quarantine.ts';
import { quoteKeyOf } from './quote-key.ts';
import { logOdds, probabilityOf } from './scales.ts';
import { paceMs } from './pace.ts';

/** A price older than this many of its feed's usual intervals has no vote. */
const FRESH_INTERVALS = 2;

/** One independence group's say about a market. */
export type Vote = { readonly bookmaker: string; readonly weight: number; readonly quote: Quote };

const groups = new WeakMap<Settings['independenceGroups'], ReadonlyMap<string, string>>();

/** The name under which a bookmaker votes: of its group, or its own. */
export function groupOf(settings: Settings, bookmaker: string): string {
  const { independenceGroups } = settings;
  let names = groups.get(independenceGroups);
  if (names === undefined) {
    names = new Map(
      independenceGroups.flatMap((group) => group.map((name): [string, string] => [name, `group ${group[0]}`])),
    );
    groups.set(independenceGroups, names);
  }
  return names.get(bookmaker) ?? bookmaker;
}

/** Whether a book's prices are recent enough to be believed at `atMs`; `leastMs` old is always recent enough. */
export function isFresh(
  state: EventState,
  bookmaker: string,
  book: BookState,
  atMs: number,
  settings: Settings,
  leastMs = settings.consensusFreshSeconds * 1_000,
): boolean {
  const allowedMs = Math.max(leastMs, FRESH_INTERVALS * paceMs(state, bookmaker));
  return atMs - book.lastSeenMs <= allowedMs;
}

type Where = {
  readonly market: Market;
  readonly line: number | null;
  readonly atMs: number;
  readonly freshMs?: number;
};

/** A book's price of a market and line, if it is open, fresh and can be meant. */
function believedQuote(
  state: EventState,
  bookmaker: string,
  book: BookState,
  { market, line, atMs, freshMs }: Where,
  settings: Settings,
): Quote | null {
  const key = quoteKeyOf(bookmaker, market, line);
  const quote = book.quotes.get(key);
  if (quote === undefined || quote.state !== 'open' || isQuarantined(state, key)) return null;
  return isFresh(state, bookmaker, book, atMs, settings, freshMs) ? quote : null;
}

/** The fresh, open prices of the named books, each once, of whichever group they are. */
export function quotesOf(state: EventState, names: readonly string[], where: Where, settings: Settings): Quote[] {
  return [...new Set(names)].flatMap((name) => {
    const book = state.books.get(name);
    const quote = book === undefined ? null : believedQuote(state, name, book, where, settings);
    return quote === null ? [] : [quote];
  });
}

/**
 * The fresh, open prices of the same market and line, one a group (of a group, the book with the most weight), without
 * the group of `except`. `freshMs` old is fresh enough where it is given.
 */
export function votesOf(state: EventState, where: Where & { readonly except: string }, settings: Settings): Vote[] {
  const exceptGroup = groupOf(settings, where.except);
  const votes = new Map<string, Vote>();
  for (const [bookmaker, book] of state.books) {
    const group = groupOf(settings, bookmaker);
    if (bookmaker === where.except || group === exceptGroup) continue;
    const quote = believedQuote(state, bookmaker, book, where, settings);
    if (quote === null) continue;
    const weight = namedIn(settings.bookmakerWeights, bookmaker) ?? 1;
    const other = votes.get(group);
    const stands =
      other !== undefined && (other.weight > weight || (other.weight === weight && other.bookmaker < bookmaker));
    if (!stands) votes.set(group, { bookmaker, weight, quote });
  }
  return [...votes.values()];
}

/** The value at which half of the weight lies on either side; the mean of two values when it lies between them. */
export function weightedMedian(values: readonly { readonly value: number; readonly weight: number }[]): number {
  const sorted = values.toSorted((one, other) => one.value - other.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  for (const [index, { value, weight }] of sorted.entries()) {
    below += weight;
    if (below > half) return value;
    if (below === half) return (value + (sorted[index + 1]?.value ?? value)) / 2;
  }
  return Number.NaN;
}

/** The votes' fair probability of an outcome, and how many of them it is the median of. */
export type Consensus = { readonly fair: number; readonly votes: number };

/** What the competitors say of one outcome; `consensus` is null where too few of them say anything. */
export type Others = {
  readonly outcome: string;
  readonly votes: readonly Vote[];
  readonly consensus: Consensus | null;
};

/**
 * The votes' fair probability of an outcome: weighted median of their log-odds, each freed of its margin by itself.
 * Null with fewer than `leastVotes` of them.
 */
export function consensusOf(votes: readonly Vote[], outcome: string, leastVotes: number): Consensus | null {
  const values: { value: number; weight: number }[] = [];
  for (const { quote, weight } of votes) {
    const fair = fairOf(quote, outcome);
    if (fair !== null && fair > 0 && fair < 1) values.push({ value: logOdds(fair), weight });
  }
  if (values.length < leastVotes || values.length === 0) return null;
  return { fair: probabilityOf(weightedMedian(values)), votes: values.length };
}
