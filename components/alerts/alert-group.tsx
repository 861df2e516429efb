import { type RefCallback, memo } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { type ListRow, groupKey } from '../../hooks/list-rows.ts';
import { type Selection, chosenOf } from '../../hooks/selection.ts';
import type { OpenGroup } from '../../hooks/use-alert-list.ts';
import type { LeftAlerts } from '../../hooks/use-held-list.ts';
import { cn } from '../ui/class-names.ts';
import { alertsWords } from '../words/group-words.ts';
import { leftWords } from '../words/left-words.ts';
import { AlertLine } from './alert-line.tsx';
import { GroupRow } from './group-row.tsx';
import { MoreOfGroup } from './more-of-group.tsx';

export type GroupActions = {
  readonly open: (group: AlertGroup) => void;
  readonly close: () => void;
  readonly select: (alert: Alert) => void;
  /** Both absent where nothing can be acknowledged. */
  readonly acknowledge?: ((alert: Alert) => void) | undefined;
  readonly acknowledgeGroup?: ((group: AlertGroup) => void) | undefined;
  /** Absent where nothing can be kept quiet any more. */
  readonly muteGroup?: ((group: AlertGroup) => void) | undefined;
  readonly muteGroups?: ((groups: readonly AlertGroup[]) => void) | undefined;
};

export type RowActions = GroupActions & {
  readonly choose: (key: string, how: { readonly isRange: boolean }) => void;
};

/** What every row needs to know of the list. */
export type ListContext = {
  readonly selection: Selection;
  readonly left: LeftAlerts;
  readonly isFresh: (alert: Alert) => boolean;
  /** The alert in the pane. */
  readonly openAlert: number | null;
  /** The row that Tab leads to. */
  readonly tabKey: string | null;
  readonly actions: RowActions;
  readonly open: OpenGroup | null;
};

/** A row that is drawn: where it stands in the list, and how much is left out before it. */
export type DrawnRow = { readonly row: ListRow; readonly index: number; readonly gapPx: number };

type AlertGroupItemProps = {
  readonly group: AlertGroup;
  /** Of how many events; -1 where the list goes on. */
  readonly position: { readonly at: number; readonly of: number };
  readonly isOpen: boolean;
  readonly head: DrawnRow;
  readonly lines: readonly DrawnRow[];
  /** Where it stands is said by a transform, and not by what stands before it. */
  readonly isPlaced: boolean;
  readonly context: ListContext;
  readonly measure: RefCallback<HTMLElement>;
};

const Row = memo(GroupRow);
const Line = memo(AlertLine);

type LinesProps = Pick<AlertGroupItemProps, 'group' | 'lines' | 'context' | 'measure'> & { readonly id: string };

function Lines({ group, lines, context, measure, id }: LinesProps) {
  const { selection, left, isFresh, openAlert, tabKey, actions, open } = context;
  const total = open?.eventId === group.eventId ? open.total : group.isPartial ? -1 : group.alerts.length;
  return (
    <ul
      id={id}
      aria-label={`Alerts of ${group.event.home} v ${group.event.away}`}
      className="flex flex-col pr-2 pl-11 @2xl:pr-4 @2xl:pl-12"
    >
      {lines.map(({ row, index, gapPx }) =>
        row.kind === 'alert' ? (
          <Line
            key={row.key}
            alert={row.alert}
            index={index}
            gapPx={gapPx}
            measure={measure}
            position={row.alertIndex + 1}
            of={total}
            isLast={row.alertIndex === group.alerts.length - 1}
            isSelected={row.alert.id === openAlert}
            isChosen={selection.ids.has(row.alert.id)}
            isFresh={isFresh(row.alert)}
            tabIndex={tabKey === row.key ? 0 : -1}
            left={left.has(row.alert.id) ? leftWords(left.get(row.alert.id)) : null}
            actions={actions}
          />
        ) : (
          <MoreOfGroup key={row.key} index={index} gapPx={gapPx} measure={measure} rowKey={row.key} open={open} />
        ),
      )}
    </ul>
  );
}

/** An event with its alerts, closed to one line or open to all of them. */
export function AlertGroupItem(props: AlertGroupItemProps) {
  const { group, position, isOpen, head, lines, isPlaced, context, measure } = props;
  const { selection, left, isFresh, actions, tabKey } = context;
  const key = groupKey(group.eventId);
  const panelId = `alerts-of-${key}`;
  const hasLeft = group.alerts.every(({ id }) => left.has(id));
  const fate = hasLeft ? leftWords(left.get(group.strongest.id)) : null;

  return (
    <li
      aria-label={`${group.event.home} v ${group.event.away}, ${alertsWords(group)}, worst ${group.worst}${fate === null ? '' : `, ${fate}`}`}
      aria-posinset={position.at}
      aria-setsize={position.of}
      style={isPlaced ? {} : { paddingTop: head.gapPx }}
      className={cn(
        // Nothing of a row reaches out of it: laid out and painted, it touches no other.
        isPlaced ? 'absolute inset-x-0 top-0 contain-content' : 'relative',
        isOpen && 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent',
      )}
    >
      {/* Its place changes with every row that comes before it; the row itself is not drawn again for that. */}
      <div ref={measure} data-index={head.index}>
        <Row
          group={group}
          panelId={panelId}
          isOpen={isOpen}
          isFresh={!isOpen && group.alerts.some(isFresh)}
          chosen={chosenOf(selection, group)}
          tabIndex={tabKey === key ? 0 : -1}
          left={fate}
          actions={actions}
        />
      </div>
      {isOpen && <Lines group={group} lines={lines} context={context} measure={measure} id={panelId} />}
    </li>
  );
}
