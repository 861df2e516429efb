import { useEffect, useId, useRef } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import type { AlertView } from '../../hooks/alert-view.ts';
import { cn } from '../ui/class-names.ts';
import { alertsWords } from '../words/group-words.ts';
import { AlertLine } from './alert-line.tsx';
import { GroupRow } from './group-row.tsx';

export type GroupActions = {
  readonly open: (group: AlertGroup) => void;
  readonly close: () => void;
  readonly select: (alert: Alert) => void;
  /** Both absent where nothing can be acknowledged. */
  readonly acknowledge?: ((alert: Alert) => void) | undefined;
  readonly acknowledgeGroup?: ((group: AlertGroup) => void) | undefined;
  /** Absent where nothing can be kept quiet any more. */
  readonly muteGroup?: ((group: AlertGroup) => void) | undefined;
};

type AlertGroupItemProps = {
  readonly group: AlertGroup;
  readonly view: AlertView;
  readonly isOpen: boolean;
  readonly isFresh: (alert: Alert) => boolean;
  readonly actions: GroupActions;
};

type LinesProps = Omit<AlertGroupItemProps, 'isOpen'> & { readonly id: string };

function Lines({ id, group, view, isFresh, actions }: LinesProps) {
  const { acknowledge } = actions;
  return (
    <ul
      id={id}
      aria-label={`Alerts of ${group.event.home} v ${group.event.away}`}
      className="pr-2 pb-2 pl-11 @2xl:pr-4 @2xl:pl-12"
    >
      {group.alerts.map((alert) => (
        <AlertLine
          key={alert.id}
          alert={alert}
          isSelected={alert.id === view.alert}
          isFresh={isFresh(alert)}
          onSelect={() => actions.select(alert)}
          onAcknowledge={acknowledge && (() => acknowledge(alert))}
        />
      ))}
    </ul>
  );
}

/** An event with its alerts, closed to one line or open to all of them. */
export function AlertGroupItem({ group, view, isOpen, isFresh, actions }: AlertGroupItemProps) {
  const item = useRef<HTMLLIElement>(null);
  const panelId = useId();
  const { acknowledgeGroup, muteGroup } = actions;

  // A link may lead to a row far down; only the one that is open when the list appears is brought into sight.
  const wasOpenAtFirst = useRef(isOpen);
  useEffect(() => {
    if (wasOpenAtFirst.current) item.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <li
      ref={item}
      aria-label={`${group.event.home} v ${group.event.away}, ${alertsWords(group)}, worst ${group.worst}`}
      className={cn(
        'relative border-b',
        isOpen && 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent',
        !isOpen && group.alerts.some(isFresh) && 'animate-fresh',
      )}
    >
      <GroupRow
        group={group}
        panelId={panelId}
        isOpen={isOpen}
        onToggle={() => (isOpen ? actions.close() : actions.open(group))}
        onAcknowledge={acknowledgeGroup && (() => acknowledgeGroup(group))}
        onMute={muteGroup && (() => muteGroup(group))}
      />
      {isOpen && <Lines id={panelId} group={group} view={view} isFresh={isFresh} actions={actions} />}
    </li>
  );
}
