import { type UIEvent, useEffect, useMemo, useRef } from 'react';
import { alertKey, alertsOf, groupKey, listRows } from '../../hooks/list-rows.ts';
import { chosenOf } from '../../hooks/selection.ts';
import type { AlertListState } from '../../hooks/use-alert-list.ts';
import type { ListOnScreen } from '../../hooks/use-held-list.ts';
import { useKeyCommands } from '../../hooks/use-key-commands.ts';
import type { ListHold } from '../../hooks/use-list-hold.ts';
import { useRowCursor } from '../../hooks/use-row-cursor.ts';
import { useRowWindow } from '../../hooks/use-row-window.ts';
import type { ChosenAlerts } from '../../hooks/use-selection.ts';
import { isNarrowed } from '../../hooks/alert-view.ts';
import { AcknowledgeAll } from './acknowledge-all.tsx';
import type { RowActions } from './alert-group.tsx';
import type { AlertListProps } from './alert-list.tsx';
import { EventList } from './event-list.tsx';
import { ListHead } from './list-head.tsx';
import { ListSummary } from './list-summary.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useStableActions } from './stable-actions.ts';

/** Each is a request of its own; who wants more quiet than this mutes a league or a bookmaker. */
const MAX_MUTED_AT_ONCE = 50;
/** The next page is asked for when the end is nearer than this. */
const AHEAD_PX = 1_200;

export type LiveListProps = AlertListProps & {
  readonly list: Extract<AlertListState, { kind: 'shown' }>;
  readonly screen: ListOnScreen;
  readonly hold: ListHold;
  readonly chosen: ChosenAlerts;
};

/** What the address opens: an alert, or an event. */
function openKeyOf({ alert, eventId }: LiveListProps['view']): string | null {
  if (alert !== null) return alertKey(alert);
  return eventId === null ? null : groupKey(eventId);
}

/** The list under the reader's hand: drawn where it is in sight, held while they are at it, moved through by keys. */
export function LiveList(props: LiveListProps) {
  const { list, view, screen, hold, chosen, actions, isPaused, onAcknowledge, onAcknowledgeAll } = props;
  const { groups, left } = screen;
  const { open, more } = list;
  const { selection } = chosen;
  const region = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);

  const partialEvent = open !== null && open.more !== null ? open.eventId : null;
  const rows = useMemo(
    () => listRows(groups, { eventId: view.eventId, hasMore: (eventId) => eventId === partialEvent }),
    [groups, view.eventId, partialEvent],
  );
  const openKey = openKeyOf(view);
  const cursor = useRowCursor({ rows, region, startKey: openKey, onFocusLost: hold.noteFocusLost });
  const { virtualizer, place, isInSight } = useRowWindow({ rows, scroller, openKey, currentKey: cursor.tabKey });

  // The place in the list goes with the list.
  const noteScroll = useRef(hold.noteScroll);
  useEffect(() => {
    const { current } = noteScroll;
    return () => current(0);
  }, []);

  // What somebody else took off the desk meanwhile leaves the selection.
  const there = useMemo(
    () => new Set(groups.flatMap((group) => group.alerts.map(({ id }) => id)).filter((id) => !left.has(id))),
    [groups, left],
  );
  const { keep } = chosen;
  useEffect(() => {
    if ([...selection.ids].some((id) => !there.has(id))) keep((id) => there.has(id));
  }, [selection, there, keep]);

  function onScroll({ currentTarget }: UIEvent<HTMLElement>): void {
    const { scrollTop, scrollHeight, clientHeight } = currentTarget;
    hold.noteScroll(scrollTop);
    const isNearEnd = scrollHeight - scrollTop - clientHeight < AHEAD_PX;
    if (isNearEnd && more !== null && !more.isLoading && !more.hasFailed) more.load();
  }

  function showNew(): void {
    const isByKeyboard = region.current?.querySelector(':focus-visible') ?? null;
    if (isByKeyboard !== null) cursor.moveToFirst();
    screen.release();
    scroller.current?.scrollTo({ top: 0 });
  }

  function acknowledgeChosen(note: string): void {
    onAcknowledge?.([...selection.ids], note);
    chosen.clear();
  }

  function step(by: 1 | -1): void {
    const index = cursor.move(by);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    if (index === rows.length - 1 && more !== null && !more.isLoading) more.load();
  }

  const rowActions = useStableActions<RowActions>({
    ...actions,
    open(group) {
      isInSight(alertKey(group.strongest.id));
      actions.open(group);
    },
    select(alert) {
      isInSight(alertKey(alert.id));
      actions.select(alert);
    },
    choose(key, { isRange }) {
      const row = rows.find((one) => one.key === key);
      if (row === undefined) return;
      if (isRange) chosen.extendTo(rows, row);
      else chosen.toggle(row);
    },
  });

  const { current } = cursor;
  const isAnyChosen = selection.ids.size > 0;
  const chosenGroups = isAnyChosen ? groups.filter((group) => chosenOf(selection, group) !== 'none') : [];
  const { muteGroups } = actions;
  const toMute = isAnyChosen ? chosenGroups : current === undefined ? [] : [current.group];
  useKeyCommands({
    next: () => step(1),
    previous: () => step(-1),
    ...(current !== undefined && {
      open: () => (current.kind === 'alert' ? rowActions.select(current.alert) : rowActions.open(current.group)),
      select: () => rowActions.choose(current.key, { isRange: false }),
      selectTo: () => rowActions.choose(current.key, { isRange: true }),
    }),
    ...(onAcknowledge !== undefined &&
      (isAnyChosen || current !== undefined) && {
        acknowledge() {
          if (isAnyChosen) return acknowledgeChosen('');
          if (current === undefined || alertsOf(current).every(({ id }) => left.has(id))) return;
          if (current.kind === 'alert') actions.acknowledge?.(current.alert);
          else actions.acknowledgeGroup?.(current.group);
        },
      }),
    ...(muteGroups !== undefined &&
      toMute.length > 0 &&
      toMute.length <= MAX_MUTED_AT_ONCE && { mute: () => muteGroups(toMute) }),
    ...(screen.waiting.alerts > 0 && { showNew }),
  });

  return (
    <div ref={region} {...cursor.events} className="flex min-h-0 flex-1 flex-col">
      <ListHead
        chosen={isAnyChosen ? (selection.ids.size === there.size ? 'all' : 'some') : 'none'}
        onChooseAll={() => chosen.toggleAll(groups)}
        waiting={screen.waiting}
        isPaused={isPaused}
        onShowNew={showNew}
        bar={
          isAnyChosen ? (
            <SelectionBar
              count={selection.ids.size}
              onAcknowledge={onAcknowledge && acknowledgeChosen}
              onMute={muteGroups && (toMute.length > MAX_MUTED_AT_ONCE ? null : () => muteGroups(toMute))}
              onClear={chosen.clear}
            />
          ) : null
        }
      >
        <ListSummary
          isStale={list.standing === 'not_refreshed'}
          events={groups.length}
          alerts={there.size}
          total={list.counts[view.tab]}
        />
        {onAcknowledgeAll && (
          <AcknowledgeAll
            count={more === null ? there.size : list.counts.new}
            isNarrowed={isNarrowed(view)}
            onAcknowledge={(note) => onAcknowledgeAll(groups, note)}
          />
        )}
      </ListHead>
      <div
        ref={scroller}
        onScroll={onScroll}
        // What moves by itself must not be moved again by the browser's own anchoring.
        className="scroll-quiet under-toasts min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]"
      >
        <EventList
          tab={view.tab}
          rows={rows}
          groupCount={groups.length}
          openEvent={view.eventId}
          isOtherView={list.standing === 'other_view'}
          more={more}
          virtualizer={virtualizer}
          place={place}
          context={{
            selection,
            left,
            isFresh: screen.isFresh,
            openAlert: view.alert,
            tabKey: cursor.tabKey,
            actions: rowActions,
            open,
          }}
        />
      </div>
    </div>
  );
}
