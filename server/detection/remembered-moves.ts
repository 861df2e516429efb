import type { Market } from '../../contracts/market.ts';
import type { EventState, Memory } from './detection.ts';

/** Outcomes of one event whose last moves are kept; beyond it the one that moved longest ago is forgotten. */
export const MAX_REMEMBERED_OUTCOMES = 400;

const PREFIX = 'moves|';

/** The last move of one book's price of an outcome that was large enough to disagree with. */
export type RememberedMove = {
  readonly bookmaker: string;
  readonly oldMilliOdds: number;
  readonly newMilliOdds: number;
  readonly atMs: number;
  /** Since when the old price stood. */
  readonly baseAtMs: number;
  readonly probabilityBasisPoints: number | null;
};

export const movesKey = (market: Market, line: number | null, outcome: string): string =>
  `${PREFIX}${market}|${line ?? ''}|${outcome}`;

/** The last moves of an outcome, one a book at most. */
export const movesOf = (memory: ReadonlyMap<string, Memory>, key: string): readonly RememberedMove[] =>
  (memory.get(key)?.moves ?? []) as readonly RememberedMove[];

/** The memory that holds `move` as its book's last one, without those that are older than `windowMs` before it. */
export function withMove(moves: readonly RememberedMove[], move: RememberedMove, windowMs: number): Memory {
  const kept = moves.filter((other) => other.bookmaker !== move.bookmaker && other.atMs >= move.atMs - windowMs);
  return { moves: [...kept, move] };
}

/** The keys to forget so that a further outcome may be remembered; none while there is room. */
export function movesToForget(state: EventState, added: readonly string[]): string[] {
  const room = MAX_REMEMBERED_OUTCOMES - added.length;
  if (state.memory.size <= room) return [];
  const stored: { readonly key: string; readonly lastMs: number }[] = [];
  for (const key of state.memory.keys()) {
    if (!key.startsWith(PREFIX) || added.includes(key)) continue;
    stored.push({ key, lastMs: Math.max(...movesOf(state.memory, key).map((move) => move.atMs)) });
  }
  // By key where the times are the same: a state read back from the database has its rows in another order.
  stored.sort((a, b) => a.lastMs - b.lastMs || (a.key < b.key ? -1 : 1));
  return stored.slice(0, Math.max(0, stored.length - room)).map((entry) => entry.key);
}
