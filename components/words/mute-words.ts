import type { AlertEvent } from '../../contracts/alert.ts';
import type { Mute, MuteScope } from '../../contracts/mute.ts';
import { MARKET_WORDS } from './market-words.ts';

const teams = (event: Pick<AlertEvent, 'home' | 'away'> | null): string =>
  event === null ? 'an event' : `${event.home} v ${event.away}`;

/** What a mute is about: `Arsenal v Chelsea`, `1X2 of Arsenal v Chelsea`, `La Liga, Spain`, `pinnacle`, `1X2 everywhere`. */
export function scopeWords(scope: MuteScope, event: Mute['event']): string {
  switch (scope.kind) {
    case 'event':
      return teams(event);
    case 'market':
      return scope.eventId === null
        ? `${MARKET_WORDS[scope.market]} everywhere`
        : `${MARKET_WORDS[scope.market]} of ${teams(event)}`;
    case 'league':
      return `${scope.league}, ${scope.country}`;
    case 'bookmaker':
      return scope.bookmaker;
  }
}

/** The kind of a scope, as a list names it. */
export const SCOPE_KIND_WORDS: Readonly<Record<MuteScope['kind'], string>> = {
  event: 'Event',
  market: 'Market',
  league: 'League',
  bookmaker: 'Bookmaker',
};
