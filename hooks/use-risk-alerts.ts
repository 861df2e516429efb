import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Desk } from '../contracts/feed.ts';
import { type BadgeState, badgeState } from './badge-state.ts';
import { queries } from './browser-api.ts';
import type { ConnectionState } from './desk-link.ts';
import { silentFeeds } from './desk-trouble.ts';
import { useDeskSession } from './use-desk-session.ts';

export type RiskAlerts = {
  readonly badge: BadgeState;
  /** Bookmakers whose feeds are silent, as far as that is known. */
  readonly silent: readonly string[];
  readonly connection: ConnectionState;
  /** Monotonic milliseconds; null before the first message of this tab. */
  readonly lastMessageAtMs: number | null;
};

/** What every page's frame needs; undefined until it is known for the first time. */
export const useDesk = (): Desk | undefined => useQuery(queries.desk()).data;

/** The live side of the desk: one socket per tab, however many components ask. */
export function useRiskAlerts(): RiskAlerts {
  const { link } = useDeskSession();
  const snapshot = useSyncExternalStore(link.subscribe, link.getSnapshot, link.getServerSnapshot);
  const desk = useDesk();
  return {
    badge: badgeState(snapshot, desk),
    silent: silentFeeds(snapshot.connection, desk),
    connection: snapshot.connection,
    lastMessageAtMs: snapshot.lastMessageAtMs,
  };
}
