'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useCallback, useState } from 'react';
import type { AlertFilter } from '../../contracts/alert-query.ts';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { alertFilter, alertListQuery, alertViewParsers, isNarrowed } from '../../hooks/alert-view.ts';
import { queries } from '../../hooks/browser-api.ts';
import { useAcknowledge } from '../../hooks/use-acknowledge.ts';
import { useAlertList } from '../../hooks/use-alert-list.ts';
import { useAlertOptions } from '../../hooks/use-alert-options.ts';
import { useFreshAlerts } from '../../hooks/use-fresh-alerts.ts';
import { useMediaQuery } from '../../hooks/use-media-query.ts';
import { Button } from '../ui/button.tsx';
import { LazySheet } from '../ui/lazy-sheet.tsx';
import { AcknowledgeAll } from './acknowledge-all.tsx';
import { AlertList } from './alert-list.tsx';
import { AlertPane } from './alert-pane.tsx';
import { AlertTabs } from './alert-tabs.tsx';
import { FilterBar, type ViewChange } from './filter-bar.tsx';
import { NothingSelected } from './nothing-selected.tsx';
import { RiskHeading } from './risk-heading.tsx';
import { SortMenu } from './sort-menu.tsx';

/** Below this width the third pane comes as a sheet. The same number as the `xl` breakpoint of the classes. */
const NARROW = '(max-width: 79.99rem)';
const NOTHING_CHOSEN = { alert: null, eventId: null } as const;
const NO_GROUPS: readonly AlertGroup[] = [];

/** Risk Monitoring: what happened, why, and taking it off the desk. Its whole state is its address. */
export function RiskDesk() {
  const [view, setView] = useQueryStates(alertViewParsers, { history: 'push' });
  const list = useAlertList(view);
  const groups = list.kind === 'shown' ? list.groups : NO_GROUPS;
  const counts = list.kind === 'shown' ? list.counts : null;
  const severityCounts = useQuery(queries.severityCounts(view.tab, view)).data;
  const [wantsLeagues, setWantsLeagues] = useState(false);
  const options = useAlertOptions(groups, { leagues: wantsLeagues });
  const isFresh = useFreshAlerts(
    JSON.stringify(alertListQuery(view)),
    list.kind === 'shown' && list.standing !== 'other_view' ? groups : null,
  );
  const isNarrow = useMediaQuery(NARROW);
  const { acknowledge, unacknowledge } = useAcknowledge();

  const change = useCallback((part: ViewChange) => void setView(part), [setView]); // resolves when the address is written
  const clear = () => change({ severity: [], type: [], bookmaker: [], league: [], q: '' });
  const close = () => change(NOTHING_CHOSEN);

  function acknowledgeAlerts(alerts: readonly Alert[], note = ''): void {
    const ids = alerts.map((alert) => alert.id);
    void acknowledge({ request: { ids }, shown: ids, ...(note === '' ? {} : { note }) }); // it tells failures itself
  }

  const hasMore = list.kind === 'shown' && list.hasMore;

  /** Exactly what is on screen while all of it is; only what goes on beyond is named by its filter. */
  function acknowledgeGroups(wanted: readonly AlertGroup[], among: AlertFilter, note: string): void {
    const shown = wanted.flatMap((group) => group.alerts.map((alert) => alert.id));
    const filter: AlertFilter = { status: ['new'], ...alertFilter(view), ...among };
    void acknowledge({ request: hasMore ? { filter } : { ids: shown }, shown, ...(note === '' ? {} : { note }) }); // it tells failures itself
  }

  const acknowledgeAll = (note: string): void => acknowledgeGroups(groups, {}, note);
  const acknowledgeEvent = (group: AlertGroup, note = ''): void =>
    acknowledgeGroups([group], { eventId: [group.eventId] }, note);

  const chosenGroup = groups.find((group) => group.alerts.some((alert) => alert.id === view.alert));
  const pane = view.alert !== null && (
    <AlertPane
      id={view.alert}
      row={chosenGroup?.alerts.find((alert) => alert.id === view.alert)}
      group={view.tab === 'new' ? chosenGroup : undefined}
      isPartial={hasMore}
      onAcknowledge={(alert, note) => acknowledgeAlerts([alert], note)}
      onAcknowledgeEvent={acknowledgeEvent}
      onUnacknowledge={(alert) => void unacknowledge([alert.id])} // it tells failures itself
    />
  );

  return (
    <div className="flex h-full">
      <div className="@container flex min-w-0 flex-1 flex-col">
        <RiskHeading>
          {view.tab === 'new' && (
            <AcknowledgeAll count={counts?.new ?? 0} isNarrowed={isNarrowed(view)} onAcknowledge={acknowledgeAll} />
          )}
        </RiskHeading>
        <AlertTabs
          tab={view.tab}
          counts={counts}
          onChange={(tab) => change({ tab, ...NOTHING_CHOSEN })}
          beside={
            <>
              {isNarrowed(view) && (
                <Button variant="ghost" onClick={clear}>
                  Clear
                </Button>
              )}
              <SortMenu sort={view.sort} onChange={(sort) => change({ sort })} />
            </>
          }
        >
          <FilterBar
            view={view}
            severityCounts={severityCounts}
            bookmakers={options.bookmakers}
            leagues={options.leagues}
            onChange={change}
            onLeaguesWanted={setWantsLeagues}
          />
          <div className="scroll-quiet flex min-h-0 flex-1 flex-col overflow-y-auto">
            <AlertList
              list={list}
              view={view}
              isFresh={isFresh}
              onClear={clear}
              actions={{
                open: (group) => change({ eventId: group.eventId, alert: group.strongest.id }),
                close,
                select: (alert) => change({ eventId: alert.eventId, alert: alert.id }),
                ...(view.tab === 'new' && { acknowledge: acknowledgeAlerts, acknowledgeEvent }),
              }}
            />
          </div>
        </AlertTabs>
      </div>
      <aside aria-label="Why it fired" className="hidden w-[23rem] shrink-0 border-l bg-background xl:block">
        {pane || <NothingSelected />}
      </aside>
      {isNarrow && (
        <LazySheet
          open={view.alert !== null}
          onOpenChange={(isOpen) => !isOpen && close()}
          side="bottom"
          title="Why it fired"
          className="h-[88dvh] sm:inset-y-0 sm:right-0 sm:left-auto sm:h-dvh sm:max-h-none sm:w-[26rem] sm:rounded-none sm:border-l"
        >
          {pane}
        </LazySheet>
      )}
    </div>
  );
}
