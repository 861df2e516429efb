import type { AlertFacets } from '../../contracts/alert-facets.ts';
import { ALERT_TYPES } from '../../contracts/alert-words.ts';
import { MARKETS } from '../../contracts/market.ts';
import type { AlertView } from '../../hooks/alert-view.ts';
import type { Choice } from '../ui/menu.tsx';
import { MARKET_WORDS, TYPE_WORDS, sportWords } from '../words/market-words.ts';

export type ViewChange = Partial<AlertView>;

/** Filters that take several names. The first three stand in the bar of a wide screen. */
export const FACETS = ['type', 'bookmaker', 'league', 'market', 'country', 'sport'] as const;
export type Facet = (typeof FACETS)[number];
export const COMMON_FACETS = FACETS.slice(0, 3);
export const OTHER_FACETS = FACETS.slice(3);

export const FACET_WORDS: Readonly<Record<Facet, string>> = {
  type: 'Type',
  bookmaker: 'Bookmaker',
  league: 'League',
  market: 'Market',
  country: 'Country',
  sport: 'Sport',
};

/** A value of a facet in a trader's words; names are their own. */
export function valueWords(facet: Facet, value: string): string {
  switch (facet) {
    case 'type':
      return TYPE_WORDS[value as keyof typeof TYPE_WORDS] ?? value;
    case 'market':
      return MARKET_WORDS[value as keyof typeof MARKET_WORDS] ?? value;
    case 'bookmaker':
    case 'league':
    case 'country':
      return value;
    case 'sport':
      return sportWords(value);
  }
}

/** `items` with `item` put in or taken out. */
export function toggled<Item>(items: readonly Item[], item: Item): Item[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}

/** What choosing a value, or choosing it off, makes of a view. */
export function toggleFacet(view: AlertView, facet: Facet, value: string): ViewChange {
  switch (facet) {
    case 'type': {
      const type = ALERT_TYPES.find((known) => known === value);
      return type === undefined ? {} : { type: toggled(view.type, type) };
    }
    case 'market': {
      const market = MARKETS.find((known) => known === value);
      return market === undefined ? {} : { market: toggled(view.market, market) };
    }
    case 'bookmaker':
    case 'league':
    case 'country':
    case 'sport':
      return { [facet]: toggled(view[facet], value) };
  }
}

/** What can be chosen, with how many alerts it would leave. What is chosen stays, also where nothing has it. */
export function facetChoices(facet: Facet, facets: AlertFacets | undefined, chosen: readonly string[]): Choice[] {
  const counted: readonly { readonly value: string; readonly alerts: number }[] = facets?.[facet] ?? [];
  const gone = chosen.filter((value) => !counted.some((each) => each.value === value));
  return [...counted, ...gone.map((value) => ({ value, alerts: 0 }))].map(({ value, alerts }) => ({
    value,
    words: valueWords(facet, value),
    count: alerts,
  }));
}

/** Filters in force that the bar itself does not show: their number stands on the button behind which they are. */
export function othersInForce(view: AlertView, facets: readonly Facet[]): number {
  const single = [
    view.muted,
    view.kickoffWithin,
    view.detectedWithin,
    view.kickoffFrom,
    view.kickoffTo,
    view.from,
    view.to,
  ].filter((value) => value !== null).length;
  return single + facets.reduce((sum, facet) => sum + view[facet].length, 0);
}

/** A window in words: `15 min`, `2 h`. */
export const windowWords = (minutes: number): string =>
  minutes % 60 === 0
    ? `${minutes / 60} h`
    : minutes > 60
      ? `${Math.floor(minutes / 60)} h ${minutes % 60} min`
      : `${minutes} min`;
