import type { Settings } from '../../contracts/settings.ts';
import type { BookState, EventState, Memory, Quote, QuoteKey } from './detection.ts';
import type { Episode, EpisodeRules } from './episode.ts';

const MINUTE_MS = 60_000;

/** The outcome that jumped most, before and after. */
export type Held = {
  readonly atMs: number;
  readonly outcome: string;
  readonly from: number;
  readonly to: number;
  /** It has only come into line with the others: only their going the same way makes it a move. */
  readonly isInLine: boolean;
};

/** What is remembered of one quote's moves. */
export type MovesMemory = {
  /** By outcome; closed ones are kept for the cool-down. */
  readonly episodes: { readonly [outcome: string]: Episode };
  /** A jump that waits for the book's next poll, or for others that share it. */
  readonly held: Held | null;
  /** Prices that stood until then are not looked back at. */
  readonly anchorMs: number;
  /** When a held jump was last taken back: the next one soon after is no single mistake. */
  readonly spikeAtMs: number;
};

/** The memory with the episode of an outcome in place of the one before. */
export const withEpisode = (moves: MovesMemory, outcome: string, episode: Episode): MovesMemory => ({
  ...moves,
  episodes: { ...moves.episodes, [outcome]: episode },
});

/** Keys kept, as those of quotes are: each snapshot asks for some. */
const MAX_KEPT = 100_000;
const kept = new Map<QuoteKey, string>();

export function movesMemoryKey(key: QuoteKey): string {
  let memoryKey = kept.get(key);
  if (memoryKey !== undefined) return memoryKey;
  if (kept.size >= MAX_KEPT) kept.clear();
  memoryKey = `moves|${key}`;
  kept.set(key, memoryKey);
  return memoryKey;
}

const NO_MOVES: MovesMemory = { episodes: {}, held: null, anchorMs: 0, spikeAtMs: 0 };

export const movesOf = (memory: ReadonlyMap<string, Memory>, key: QuoteKey): MovesMemory =>
  (memory.get(movesMemoryKey(key)) as MovesMemory | undefined) ?? NO_MOVES;

/** An episode that was opened or got worse, or opened again, with what a reader needs to see why. */
export type PriceMove = {
  readonly quote: Quote;
  readonly outcome: string;
  readonly episode: Episode;
  readonly news: 'opened' | 'escalated' | 'again';
  readonly atMs: number;
  readonly basisPoints: number;
  readonly weight: number;
  readonly high: number;
  readonly low: number;
};

/** One quote at one instant, to be judged. */
export type MovesContext = {
  readonly state: EventState;
  readonly book: BookState;
  readonly quote: Quote;
  readonly key: QuoteKey;
  readonly atMs: number;
  readonly settings: Settings;
};

export const rulesOf = (settings: Settings): EpisodeRules => ({
  quietMs: settings.quietMinutes * MINUTE_MS,
  coolDownMs: settings.coolDownMinutes * MINUTE_MS,
  retraceShare: settings.retraceShare,
});

/** Since when a quote's prices are looked back at. */
export function lookBackFrom({
  book,
  quote,
  atMs,
  settings,
}: Pick<MovesContext, 'book' | 'quote' | 'atMs' | 'settings'>): number {
  const returned = quote.recent.returnedAtMs;
  return Math.max(
    atMs - settings.lookBackMinutes * MINUTE_MS,
    book.anchorMs,
    returned === null ? 0 : returned + settings.holdDownSeconds * 1_000,
  );
}
