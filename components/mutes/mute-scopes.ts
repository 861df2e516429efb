import type { Market } from '../../contracts/market.ts';
import type { MuteScope } from '../../contracts/mute.ts';
import type { MuteTarget } from '../../hooks/mute-target.ts';

/** What can be muted from an event, the narrowest first. */
export const SCOPE_CHOICES = ['event', 'event_market', 'league', 'bookmaker', 'market'] as const;
export type ScopeChoice = (typeof SCOPE_CHOICES)[number];

export const SCOPE_CHOICE_WORDS: Readonly<Record<ScopeChoice, string>> = {
  event: 'Event',
  event_market: 'Market of this event',
  league: 'League',
  bookmaker: 'Bookmaker',
  market: 'Market everywhere',
};

/** The scope of a choice; undefined where the target has nothing of that kind. */
export function scopeOf(
  choice: ScopeChoice,
  target: MuteTarget,
  part: { readonly bookmaker: string | undefined; readonly market: Market | undefined },
): MuteScope | undefined {
  switch (choice) {
    case 'event':
      return { kind: 'event', eventId: target.eventId };
    case 'event_market':
      return part.market && { kind: 'market', market: part.market, eventId: target.eventId };
    case 'league': {
      const { sport, country, league } = target.event;
      return { kind: 'league', sport, country, league };
    }
    case 'bookmaker':
      return part.bookmaker === undefined ? undefined : { kind: 'bookmaker', bookmaker: part.bookmaker };
    case 'market':
      return part.market && { kind: 'market', market: part.market, eventId: null };
  }
}
