import type { BookmakerFeed, Desk } from '../contracts/feed.ts';
import type { ConnectionState } from './desk-link.ts';

/** Why what is on screen may be old; the gravest reason only. */
export type DeskTrouble =
  | { readonly kind: 'none' }
  | { readonly kind: 'server_away'; readonly sinceMs: number }
  | { readonly kind: 'all_silent'; readonly lastSeen: string }
  | { readonly kind: 'own_silent'; readonly bookmaker: string; readonly lastSeen: string };

type DeskPart = Pick<Desk, 'bookmakers'>;

/**
 * While the server is not heard, how its feeds are is not known. Before the first connection the page is as the server
 * has just made it.
 */
export const isHeard = ({ kind }: ConnectionState): boolean => kind === 'live' || kind === 'connecting';

/** The bookmakers whose feeds are silent, as far as that is known. */
export function silentFeeds(connection: ConnectionState, desk: DeskPart | undefined): readonly string[] {
  if (desk === undefined || !isHeard(connection)) return [];
  return desk.bookmakers.filter(({ state }) => state === 'silent').map(({ bookmaker }) => bookmaker);
}

const latest = (feeds: readonly BookmakerFeed[]): string =>
  feeds.reduce((last, { lastSeen }) => (lastSeen > last ? lastSeen : last), '');

/** What the whole desk has to be told. A single competitor's silence is told by the badge and its feed alone. */
export function deskTrouble(connection: ConnectionState, desk: DeskPart | undefined): DeskTrouble {
  if (connection.kind === 'offline') return { kind: 'server_away', sinceMs: connection.sinceMs };
  if (desk === undefined || !isHeard(connection) || desk.bookmakers.length === 0) return { kind: 'none' };
  if (desk.bookmakers.every(({ state }) => state === 'silent')) {
    return { kind: 'all_silent', lastSeen: latest(desk.bookmakers) };
  }
  const own = desk.bookmakers.find((feed) => feed.own);
  if (own?.state !== 'silent') return { kind: 'none' };
  return { kind: 'own_silent', bookmaker: own.bookmaker, lastSeen: own.lastSeen };
}
