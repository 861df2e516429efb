import type { AlertStatus } from '../../contracts/alert.ts';
import type { ListRow } from '../../hooks/list-rows.ts';
import type { More } from '../../hooks/use-alert-list.ts';
import type { RowPlace, RowVirtualizer } from '../../hooks/use-row-window.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { AlertGroupItem, type DrawnRow, type ListContext } from './alert-group.tsx';
import { TAB_WORDS } from './alert-tabs.tsx';

type DrawnGroup = { readonly head: DrawnRow; readonly lines: DrawnRow[] };

/** The rows that are drawn, under their events. What is left out before a row is a gap of its size. */
function drawnGroups(rows: readonly ListRow[], virtualizer: RowVirtualizer) {
  const groups: DrawnGroup[] = [];
  let endPx = 0;
  for (const { index, start, end } of virtualizer.getVirtualItems()) {
    const row = rows[index];
    if (row === undefined) continue;
    const drawn = { row, index, gapPx: Math.max(0, start - endPx) };
    endPx = end;
    if (row.kind === 'group') groups.push({ head: drawn, lines: [] });
    else groups.at(-1)?.lines.push(drawn);
  }
  return { groups, restPx: Math.max(0, virtualizer.getTotalSize() - endPx) };
}

type EventListProps = {
  readonly tab: AlertStatus;
  readonly rows: readonly ListRow[];
  readonly groupCount: number;
  readonly openEvent: number | null;
  readonly isOtherView: boolean;
  readonly more: More | null;
  readonly context: ListContext;
  readonly virtualizer: RowVirtualizer;
  readonly place: RowPlace;
};

/** The events in sight, and their alerts. What is out of sight is only a height. */
export function EventList(props: EventListProps) {
  const { tab, rows, groupCount, openEvent, isOtherView, more, context, virtualizer, place } = props;
  const { groups, restPx } = drawnGroups(rows, virtualizer);
  const { listRef, footRef, isPlaced } = place;
  return (
    <div className={cn('relative', isPlaced && more !== null && 'pb-14')}>
      <ul
        ref={listRef}
        aria-label={`Events with ${TAB_WORDS[tab].toLowerCase()} alerts`}
        aria-busy={isOtherView}
        className={cn('flex flex-col transition-opacity duration-150', isOtherView && 'opacity-60')}
        style={isPlaced ? {} : { paddingBottom: restPx }}
      >
        {groups.map(({ head, lines }) => (
          <AlertGroupItem
            key={head.row.key}
            group={head.row.group}
            position={{ at: head.row.groupIndex + 1, of: more === null ? groupCount : -1 }}
            isOpen={head.row.group.eventId === openEvent}
            head={head}
            lines={lines}
            isPlaced={isPlaced}
            context={context}
            measure={virtualizer.measureElement}
          />
        ))}
      </ul>
      {more !== null && (
        // Placed as the rows are: what comes before it does not push it.
        <div
          ref={footRef}
          className={cn('flex h-14 items-center justify-center', isPlaced && 'absolute inset-x-0 top-0')}
        >
          {/* Words that begin at the same place: were they in the middle, they would move with every change of themselves. */}
          <Button variant="ghost" className="min-w-32 justify-start" onClick={more.load} disabled={more.isLoading}>
            {more.isLoading ? 'Loading more' : more.hasFailed ? 'Try again to load more' : 'Load more'}
          </Button>
        </div>
      )}
    </div>
  );
}
