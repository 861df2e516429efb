import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from './browser-api.ts';
import type { AlertGroup } from './alert-groups.ts';
import { useDesk } from './use-risk-alerts.ts';

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'en'));

/**
 * What can be chosen from: every bookmaker of the desk, every league of its events and of the alerts at hand.
 * The events are only asked for while their leagues are wanted: their list moves with every price.
 */
export function useAlertOptions(
  groups: readonly AlertGroup[],
  wants: { readonly leagues: boolean },
): {
  readonly bookmakers: readonly string[];
  readonly leagues: readonly string[];
} {
  const desk = useDesk();
  const events = useInfiniteQuery({ ...queries.events(), enabled: wants.leagues }).data;
  return useMemo(() => {
    const ofAlerts = groups.flatMap((group) => group.alerts.map((alert) => alert.bookmaker));
    const ofDesk = desk?.bookmakers.map((feed) => feed.bookmaker) ?? [];
    const upcoming = events?.pages.flatMap((page) => page.events.map((event) => event.league)) ?? [];
    return {
      bookmakers: sorted([...ofDesk, ...ofAlerts]),
      leagues: sorted([...upcoming, ...groups.map((group) => group.event.league)]),
    };
  }, [desk?.bookmakers, events, groups]);
}
