import type { EventId } from '../../contracts/ids.ts';
import type { Market } from '../../contracts/market.ts';
import type { IsMuted } from '../detection/detection.ts';
import type { MutedPlace } from './price-store.ts';

/** What is muted at a match; undefined where nothing is, as nearly always. */
export type MutesInForce = { readonly of: (eventId: EventId) => IsMuted | undefined };

/** The mutes of bookmakers and markets by match. */
export function mutesInForce(places: readonly MutedPlace[]): MutesInForce {
  const bookmakers = new Set<string>();
  const everywhere = new Set<Market>();
  const at = new Map<EventId, Set<Market>>();
  for (const place of places) {
    if ('bookmaker' in place) bookmakers.add(place.bookmaker);
    else if (place.eventId === null) everywhere.add(place.market);
    else at.set(place.eventId, (at.get(place.eventId) ?? new Set()).add(place.market));
  }
  return {
    of(eventId) {
      const here = at.get(eventId);
      if (here === undefined && bookmakers.size === 0 && everywhere.size === 0) return undefined;
      return ({ bookmaker, market }) =>
        bookmakers.has(bookmaker) || everywhere.has(market) || here?.has(market) === true;
    },
  };
}
