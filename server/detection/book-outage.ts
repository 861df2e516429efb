import type { Settings } from '../../contracts/settings.ts';
import { alertKey } from './alert-key.ts';
import type { Finding } from './detection.ts';

/** Matches at which a book must shut or open at once, and nothing else of it be heard, to be the book's own affair. */
const OUTAGE_EVENTS = 3;

type Found<Place> = { readonly event: Place; readonly finding: Finding };

/**
 * One poll's findings with a whole book's outage told once: where a book suspended or lost its markets at several
 * matches and had no open price anywhere in that poll, that is its feed. Its return at as many matches is told by
 * nobody, as the feed's state shows it.
 */
export function collapseOutages<Place>(
  found: readonly Found<Place>[],
  poll: { readonly openBooks: ReadonlySet<string>; readonly settings: Settings },
): readonly Found<Place>[] {
  if (found.length < OUTAGE_EVENTS) return found;
  const groups = Map.groupBy(
    found.filter(({ finding }) => finding.type === 'availability'),
    ({ finding }) => `${finding.availability === 'returned'}|${bookOf(finding)}`,
  );
  const dropped = new Set<Found<Place>>();
  const added: Found<Place>[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined || new Set(group.map(({ event }) => event)).size < OUTAGE_EVENTS) continue;
    const isReturn = first.finding.availability === 'returned';
    if (!isReturn && poll.openBooks.has(bookOf(first.finding))) continue;
    for (const each of group) dropped.add(each);
    if (!isReturn) added.push({ event: first.event, finding: outageOf(first.finding, group.length) });
  }
  return dropped.size === 0 ? found : [...found.filter((each) => !dropped.has(each)), ...added];
}

const bookOf = ({ bookmaker, changedBy }: Finding): string => changedBy ?? bookmaker;

function outageOf({ changedBy, ...finding }: Finding, markets: number): Finding {
  const { explanation } = finding;
  const bookmaker = changedBy ?? finding.bookmaker;
  const atMs = Date.parse(explanation.observedAt);
  const named = {
    eventId: 0,
    type: 'feed_silent',
    bookmaker,
    market: finding.market,
    line: null,
    outcome: null,
  } as const;
  return {
    ...finding,
    bookmaker,
    alertKey: alertKey(named, 'outage', atMs),
    type: 'feed_silent',
    severity: 'elevated',
    line: null,
    availability: null,
    occurrences: 1,
    openedAtMs: atMs,
    isNews: true,
    explanation: {
      ...explanation,
      rule: `${bookmaker} shut ${markets} markets of several matches at once and shows no open price: its feed is out, and detection on its prices pauses.`,
      thresholds: { outageEvents: OUTAGE_EVENTS },
      severityInputs: { markets },
    },
  };
}
