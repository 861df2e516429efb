'use client';

import { useSearchParams } from 'next/navigation';
import { useQueryStates } from 'nuqs';
import { Suspense, lazy, useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { addressFaults } from '../../hooks/address-faults.ts';
import { NOTHING_NARROWED, alertViewParsers, isNarrowed } from '../../hooks/alert-view.ts';
import { lateParts } from '../../hooks/late-parts.ts';
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
import { NOTHING_CHOSEN, useAlertActions } from './use-alert-actions.ts';

const loadPane = lateParts.add(() => import('./alert-pane.tsx'));
const AlertPane = lazy(loadPane);

/** Below this width the third pane comes as a sheet. The same number as the `xl` breakpoint of the classes. */
const NARROW = '(max-width: 79.99rem)';
const NO_GROUPS: readonly AlertGroup[] = [];

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

  const change = useCallback((part: ViewChange) => void setView(part), [setView]); // resolves when the address is written
  const actions = useAlertActions(listView, change);
  const { inList } = actions;
  useKeyCommands({ pause: () => setIsPaused((now) => !now) });

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
        onAcknowledge={actions.acknowledgeAlert}
        onAcknowledgeGroup={actions.acknowledgeGroup}
        onUnacknowledge={actions.unacknowledgeAlert}
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
                  <Button variant="ghost" onClick={inList.clear}>
                    Clear
                  </Button>
                </span>
              )}
              <SortMenu sort={view.sort} onChange={(sort) => change({ sort })} />
            </>
          }
        >
          <Filters view={view} onChange={change} onClear={inList.clear} />
          <AddressNote faults={faults} onMend={() => change(view)} />
          <div
            className="flex min-h-0 flex-1 flex-col"
            onPointerEnter={() => void loadPane().catch(() => {})} // a failed load is tried again by the choice
          >
            <AlertList
              list={shown.list}
              view={listView}
              isPaused={isPaused}
              onClear={inList.clear}
              onAcknowledge={inList.acknowledgeAlerts}
              onAcknowledgeAll={inList.acknowledgeAll}
              actions={inList}
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
          onOpenChange={(isOpen) => !isOpen && inList.close()}
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
