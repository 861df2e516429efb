'use client';

import { useSearchParams } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { Suspense, lazy, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { AlertFilter } from '../../contracts/alert-query.ts';
import { MAX_IDS_PER_REQUEST } from '../../contracts/limits.ts';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertId } from '../../contracts/ids.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { addressFaults } from '../../hooks/address-faults.ts';
import { NOTHING_NARROWED, alertFilter, alertViewParsers, isNarrowed } from '../../hooks/alert-view.ts';
import { lateParts } from '../../hooks/late-parts.ts';
import { muteTargetOf, openMute, openMuteEvents } from '../../hooks/mute-target.ts';
import { useAcknowledge } from '../../hooks/use-acknowledge.ts';
import { useAlertList } from '../../hooks/use-alert-list.ts';
import { useKeyCommands } from '../../hooks/use-key-commands.ts';
import { useMediaQuery } from '../../hooks/use-media-query.ts';
import { MutePlace } from '../mutes/mute-place.tsx';
import { Button } from '../ui/button.tsx';
import { LazySheet } from '../ui/lazy-sheet.tsx';
import { ViewsButton } from '../views/views-button.tsx';
import { AddressNote } from './address-note.tsx';
import { AlertList } from './alert-list.tsx';
import { AlertTabs } from './alert-tabs.tsx';
import { ExportButton } from './export-button.tsx';
import type { ViewChange } from './facets.ts';
import { Filters } from './filters.tsx';
import { NothingSelected } from './nothing-selected.tsx';
import { PaneSkeleton } from './pane-skeleton.tsx';
import { PauseButton } from './pause-button.tsx';
import { RiskHeading } from './risk-heading.tsx';
import { SortMenu } from './sort-menu.tsx';
import { useStableActions } from './stable-actions.ts';

const loadPane = lateParts.add(() => import('./alert-pane.tsx'));
const AlertPane = lazy(loadPane);

/** Below this width the third pane comes as a sheet. The same number as the `xl` breakpoint of the classes. */
const NARROW = '(max-width: 79.99rem)';
const NOTHING_CHOSEN = { alert: null, eventId: null } as const;
const NO_GROUPS: readonly AlertGroup[] = [];
const idsOf = (groups: readonly AlertGroup[]) => groups.flatMap((group) => group.alerts.map((alert) => alert.id));

/** Risk Monitoring: what happened, why, and taking it off the desk. Its whole state is its address. */
export function RiskDesk() {
  const [view, setView] = useQueryStates(alertViewParsers, { history: 'push' });
  const list = useAlertList(view);
  // What is clicked shows at once. The rows follow, drawn in slices between which the next click is heard, and with
  // them the view that they are of.
  const shown = useDeferredValue(useMemo(() => ({ list, view }), [list, view]));
  const { alert, eventId } = view;
  const listView = useMemo(() => ({ ...shown.view, alert, eventId }), [shown.view, alert, eventId]);
  const groups = shown.list.kind === 'shown' ? shown.list.groups : NO_GROUPS;
  const counts = list.kind === 'shown' ? list.counts : null;
  const faults = addressFaults(useSearchParams());
  const [isPaused, setIsPaused] = useState(false);
  const isNarrow = useMediaQuery(NARROW);
  const { acknowledge, unacknowledge } = useAcknowledge();

  const change = useCallback((part: ViewChange) => void setView(part), [setView]); // resolves when the address is written
  const clear = () => change(NOTHING_NARROWED);
  const close = () => change(NOTHING_CHOSEN);

  // None of these can fail unheard: the hook tells it in a toast.
  function acknowledgeAlerts(ids: readonly AlertId[], note: string): void {
    void acknowledge({ request: { ids }, shown: ids, note });
  }
  const acknowledgeAlert = (alert: Alert, note = ''): void => acknowledgeAlerts([alert.id], note);

  /** Exactly what is on screen while that is all there is; only a longer list is named by its filter. */
  function acknowledgeShown(shownGroups: readonly AlertGroup[], filter: AlertFilter, note: string): void {
    const shown = idsOf(shownGroups);
    const isWhole = !shownGroups.some((group) => group.isPartial) && shown.length <= MAX_IDS_PER_REQUEST;
    const request = isWhole
      ? { ids: shown }
      : { filter: { status: ['new' as const], ...alertFilter(listView), ...filter } };
    void acknowledge({ request, shown, note });
  }

  const acknowledgeGroup = (group: AlertGroup, note = ''): void =>
    acknowledgeShown([group], { eventId: [group.eventId] }, note);

  const targetOf = (group: AlertGroup) => muteTargetOf(group.strongest, group.alerts);
  function muteGroups(shownGroups: readonly AlertGroup[]): void {
    const [first, ...others] = shownGroups.map(targetOf);
    if (first === undefined) return;
    if (others.length === 0) openMute(first);
    else openMuteEvents([first, ...others]);
  }

  useKeyCommands({ pause: () => setIsPaused((now) => !now) });

  const isNew = listView.tab === 'new';
  const listActions = useStableActions({
    clear,
    acknowledgeAlerts: isNew ? acknowledgeAlerts : undefined,
    acknowledgeAll: isNew
      ? (groupsShown: readonly AlertGroup[], note: string) => acknowledgeShown(groupsShown, {}, note)
      : undefined,
    open: (group: AlertGroup) => change({ eventId: group.eventId, alert: group.strongest.id }),
    close,
    select: (selected: Alert) => change({ eventId: selected.eventId, alert: selected.id }),
    acknowledge: isNew ? acknowledgeAlert : undefined,
    acknowledgeGroup: isNew ? acknowledgeGroup : undefined,
    muteGroup: listView.tab === 'past' ? undefined : (group: AlertGroup) => openMute(targetOf(group)),
    muteGroups: listView.tab === 'past' ? undefined : muteGroups,
  });

  const chosenGroup = groups.find((group) => group.alerts.some((alert) => alert.id === view.alert));
  const pane = view.alert !== null && (
    <Suspense
      fallback={
        <div className="p-6">
          <PaneSkeleton />
        </div>
      }
    >
      <AlertPane
        id={view.alert}
        group={chosenGroup}
        tab={view.tab}
        // What it was narrowed to may leave it out there as well.
        onShow={({ id, eventId: event, status, muted }) =>
          change({ ...NOTHING_NARROWED, tab: status, muted: muted ? true : null, eventId: event, alert: id })
        }
        onAcknowledge={acknowledgeAlert}
        onAcknowledgeGroup={acknowledgeGroup}
        onUnacknowledge={(alert) => void unacknowledge([alert.id])}
      />
    </Suspense>
  );

  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_23rem]">
      <div className="@container flex min-h-0 min-w-0 flex-col">
        <RiskHeading>
          <PauseButton isPaused={isPaused} onChange={setIsPaused} />
          <ViewsButton view={view} onChange={change} />
          <ExportButton view={view} />
        </RiskHeading>
        <AlertTabs
          tab={view.tab}
          counts={counts}
          onChange={(tab) => change({ tab, ...NOTHING_CHOSEN })}
          beside={
            <>
              {isNarrowed(view) && (
                <span className="hidden @2xl:block">
                  <Button variant="ghost" onClick={clear}>
                    Clear
                  </Button>
                </span>
              )}
              <SortMenu sort={view.sort} onChange={(sort) => change({ sort })} />
            </>
          }
        >
          <Filters view={view} onChange={change} onClear={listActions.clear} />
          <AddressNote faults={faults} onMend={() => change(view)} />
          <div
            className="flex min-h-0 flex-1 flex-col"
            onPointerEnter={() => void loadPane().catch(() => {})} // a failed load is tried again by the choice
          >
            <AlertList
              list={shown.list}
              view={listView}
              isPaused={isPaused}
              onClear={listActions.clear}
              onAcknowledge={listActions.acknowledgeAlerts}
              onAcknowledgeAll={listActions.acknowledgeAll}
              actions={listActions}
            />
          </div>
        </AlertTabs>
      </div>
      <MutePlace />
      <aside aria-label="Why it fired" className="hidden border-l bg-background xl:block">
        {!isNarrow && (pane || <NothingSelected />)}
      </aside>
      {isNarrow && (
        <LazySheet
          open={view.alert !== null}
          onOpenChange={(isOpen) => !isOpen && close()}
          side="bottom"
          title="Why it fired"
          className="h-[88dvh] md:inset-y-0 md:right-0 md:left-auto md:h-dvh md:max-h-none md:w-[26rem] md:rounded-none md:border-l"
        >
          {pane}
        </LazySheet>
      )}
    </div>
  );
}
