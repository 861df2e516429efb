import { memo, useDeferredValue } from 'react';
import { type AlertView, isNarrowed } from '../../hooks/alert-view.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import type { AlertId } from '../../contracts/ids.ts';
import { type ListOnScreen, useHeldList } from '../../hooks/use-held-list.ts';
import { useKeyCommands } from '../../hooks/use-key-commands.ts';
import { type ListHold, useListHold } from '../../hooks/use-list-hold.ts';
import type { AlertListState } from '../../hooks/use-alert-list.ts';
import { type ChosenAlerts, useSelection } from '../../hooks/use-selection.ts';
import { Failure, reasonOf } from '../states/failure.tsx';
import type { GroupActions } from './alert-group.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { LiveList } from './live-list.tsx';
import { Quiet } from './quiet.tsx';

export type AlertListProps = {
  readonly list: AlertListState;
  readonly view: AlertView;
  readonly isPaused: boolean;
  readonly actions: GroupActions;
  /** Absent where nothing can be acknowledged. */
  readonly onAcknowledge?: ((ids: readonly AlertId[], note: string) => void) | undefined;
  readonly onAcknowledgeAll?: ((shown: readonly AlertGroup[], note: string) => void) | undefined;
  readonly onClear: () => void;
};

/**
 * The events of a view with their alerts, or the words for why there are none. Drawn again for no more than its own
 * props: what stands around it changes with every announcement.
 */
export const AlertList = memo(function AlertList(props: AlertListProps) {
  const { list, view, isPaused, actions } = props;
  const hold = useListHold();
  const chosen = useSelection(JSON.stringify([view.tab, view.q]));
  const isHeld = hold.isAtList || chosen.selection.ids.size > 0;
  // Held at once, and let go in its own time: who leaves the list does something else, and does not wait for its rows.
  const wasHeld = useDeferredValue(isHeld);
  const screen = useHeldList(list, view, isPaused ? 'paused' : isHeld || wasHeld ? 'yes' : 'no');

  const isOpen = view.eventId !== null || view.alert !== null;
  useKeyCommands(chosen.selection.ids.size > 0 ? { back: chosen.clear } : isOpen ? { back: actions.close } : {});

  return (
    // Around all that can stand here: the pointer that is over a row is still there when the row has gone.
    <div {...hold.region} className="flex min-h-0 flex-1 flex-col">
      <Shown {...props} hold={hold} chosen={chosen} screen={screen} />
    </div>
  );
});

type ShownProps = AlertListProps & {
  readonly screen: ListOnScreen | null;
  readonly hold: ListHold;
  readonly chosen: ChosenAlerts;
};

function Shown(props: ShownProps) {
  const { list, view, screen, onClear } = props;
  switch (list.kind) {
    case 'loading':
      return <ListSkeleton />;
    case 'failed':
      return <Failure title="The alerts could not be read" reason={reasonOf(list.error)} onRetry={list.retry} />;
    case 'shown':
      if (screen === null) return <ListSkeleton />;
      if (screen.groups.length === 0) {
        return <Quiet tab={view.tab} isNarrowed={isNarrowed(view)} onClear={onClear} />;
      }
      return <LiveList {...props} list={list} screen={screen} />;
  }
}
