import type { Alert } from '../../contracts/alert.ts';
import { type AlertView, isNarrowed } from '../../hooks/alert-view.ts';
import type { AlertListState } from '../../hooks/use-alert-list.ts';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { AlertGroupItem, type GroupActions } from './alert-group.tsx';
import { TAB_WORDS } from './alert-tabs.tsx';
import { ListSkeleton } from './list-skeleton.tsx';
import { Quiet } from './quiet.tsx';

type AlertListProps = {
  readonly list: AlertListState;
  readonly view: AlertView;
  readonly isFresh: (alert: Alert) => boolean;
  readonly actions: GroupActions;
  readonly onClear: () => void;
};

/** The events of a view with their alerts, or the words for why there are none. */
export function AlertList({ list, view, isFresh, actions, onClear }: AlertListProps) {
  switch (list.kind) {
    case 'loading':
      return <ListSkeleton />;
    case 'failed':
      return <Failure title="The alerts could not be read" reason={reasonOf(list.error)} onRetry={list.retry} />;
    case 'shown': {
      if (list.groups.length === 0) return <Quiet tab={view.tab} isNarrowed={isNarrowed(view)} onClear={onClear} />;
      return (
        <>
          {list.standing === 'not_refreshed' && (
            <output className="block border-t bg-chip px-4 py-1.5 text-quiet @2xl:px-6">
              These alerts could not be refreshed. They are shown as last known and asked for again by themselves.
            </output>
          )}
          <ul
            aria-label={`Events with ${TAB_WORDS[view.tab].toLowerCase()} alerts`}
            aria-busy={list.standing === 'other_view'}
            className={cn('border-t transition-opacity duration-150', list.standing === 'other_view' && 'opacity-60')}
          >
            {list.groups.map((group) => (
              <AlertGroupItem
                key={group.eventId}
                group={group}
                view={view}
                isOpen={group.eventId === view.eventId}
                isFresh={isFresh}
                actions={actions}
              />
            ))}
          </ul>
          {list.hasMore && (
            <div className="flex justify-center py-4">
              <Button onClick={list.loadMore} disabled={list.isLoadingMore}>
                {list.isLoadingMore ? 'Loading more' : 'Load more'}
              </Button>
            </div>
          )}
        </>
      );
    }
  }
}
