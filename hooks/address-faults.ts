import { ALERT_SORTS, ALERT_STATUSES, ALERT_TYPES, SEVERITIES } from '../contracts/alert-words.ts';
import { MARKETS } from '../contracts/market.ts';
import { alertViewParsers } from './alert-view.ts';

/** Something in the address that the page cannot take at its word. */
export type AddressFault = { readonly name: string; readonly value: string };

const WORDS: Readonly<Record<string, readonly string[]>> = {
  tab: ALERT_STATUSES,
  severity: SEVERITIES,
  type: ALERT_TYPES,
  market: MARKETS,
  sort: ALERT_SORTS,
  muted: ['true', 'false'],
};
const SINGLE = [
  'kickoffWithin',
  'detectedWithin',
  'kickoffFrom',
  'kickoffTo',
  'from',
  'to',
  'alert',
  'eventId',
] as const;

/**
 * What an address asks for in vain: words, times and numbers that the page leaves out because they mean nothing.
 * Names of leagues and bookmakers are not among them: only the server knows which there are.
 */
export function addressFaults(search: { readonly get: (name: string) => string | null }): AddressFault[] {
  const wordFaults = Object.entries(WORDS).flatMap(([name, known]) =>
    (search.get(name) ?? '')
      .split(',')
      .filter((value) => value !== '' && !known.includes(value))
      .map((value) => ({ name, value })),
  );
  const singleFaults = SINGLE.flatMap((name) => {
    const value = search.get(name);
    return value === null || alertViewParsers[name].parse(value) !== null ? [] : [{ name, value }];
  });
  return [...wordFaults, ...singleFaults];
}
