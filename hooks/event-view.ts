import { createLoader, parseAsString } from 'nuqs/server';

/** What Odds Comparison keeps in its address. */
export const eventViewParsers = { q: parseAsString.withDefault('') };
export const loadEventView = createLoader(eventViewParsers);
