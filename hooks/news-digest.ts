import { severityRank } from '../contracts/alert-words.ts';
import type { Alert } from '../contracts/alert.ts';
import type { AlertId, EventId } from '../contracts/ids.ts';
import type { News } from './alert-news.ts';

/** Beyond this many alerts a digest only says that there are more. */
export const MAX_DIGESTED = 500;

/** What stands in one toast: the alerts told and not yet over. */
export type Digest = {
  readonly alerts: readonly Alert[];
  /** More were told than are kept. */
  readonly isPartial: boolean;
};

export const EMPTY_DIGEST: Digest = { alerts: [], isPartial: false };

/** A digest with what came and without what is over; an alert that got worse counts once. */
export function digested(digest: Digest, { alerts, over }: News): Digest {
  const byId = new Map<AlertId, Alert>(digest.alerts.map((alert) => [alert.id, alert]));
  for (const id of over) byId.delete(id);
  for (const alert of alerts) byId.set(alert.id, alert);
  const all = [...byId.values()];
  return {
    alerts: all.slice(-MAX_DIGESTED),
    isPartial: all.length > 0 && (digest.isPartial || all.length > MAX_DIGESTED),
  };
}

export type DigestEvent = { readonly eventId: EventId; readonly alerts: readonly [Alert, ...Alert[]] };

/** The digest by event, the worst first and among equals the latest told; in each event likewise. */
export function digestEvents({ alerts }: Digest): readonly DigestEvent[] {
  const worstFirst = alerts.toReversed().toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  return [...Map.groupBy(worstFirst, ({ eventId }) => eventId).entries()].flatMap(([eventId, [first, ...rest]]) =>
    first === undefined ? [] : [{ eventId, alerts: [first, ...rest] }],
  );
}
