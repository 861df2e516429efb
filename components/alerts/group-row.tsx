import { BellOff, Check } from 'lucide-react';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { groupKey } from '../../hooks/list-rows.ts';
import type { Chosen } from '../../hooks/selection.ts';
import { Age, Countdown } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { againstWords } from '../words/move-words.ts';
import { TYPE_WORDS, selectionWords } from '../words/market-words.ts';
import { Sparkline } from '../chart/sparkline.tsx';
import { Teams } from '../events/teams.tsx';
import { alertsWords, countText } from '../words/group-words.ts';
import { handlerWords } from '../words/left-words.ts';
import { MutedMark } from '../mutes/muted-mark.tsx';
import type { RowActions } from './alert-group.tsx';
import { Move } from './move.tsx';
import { RowCheck } from './row-check.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { WorseMark } from './worse-mark.tsx';

type GroupRowProps = {
  readonly group: AlertGroup;
  readonly panelId: string;
  readonly isOpen: boolean;
  readonly isFresh: boolean;
  readonly chosen: Chosen;
  readonly tabIndex: 0 | -1;
  /** What became of it, when it stands here only because the list is held. */
  readonly left: string | null;
  readonly actions: RowActions;
};

/** In a wide list names and league are two lines, and what stands beside them stands in their middle. */
const WHOLE_HEIGHT = '@2xl:row-[1/span_2] @2xl:self-center';

const isWorse = ({ alerts }: AlertGroup): boolean =>
  alerts.some((alert) => alert.worsenedAt !== null && alert.status === 'new');

/** An event's line: who plays, when, what moved most, where, how many, since when. */
export function GroupRow(props: GroupRowProps) {
  const { group, panelId, isOpen, isFresh, chosen, tabIndex, left, actions } = props;
  const { event, strongest } = group;
  const teams = `${event.home} v ${event.away}`;
  const key = groupKey(group.eventId);
  const { acknowledgeGroup, muteGroup } = actions;
  const canAcknowledge = acknowledgeGroup !== undefined && left === null;
  return (
    <div
      data-row={key}
      className={cn('group/row relative', !isOpen && 'border-b', isFresh && 'fresh', left !== null && 'opacity-55')}
    >
      <RowCheck
        label={`Select ${teams}, ${alertsWords(group)}`}
        chosen={chosen}
        tabIndex={tabIndex}
        onChoose={(how) => actions.choose(key, how)}
        className="bottom-2 left-3 @2xl:top-1/2 @2xl:bottom-auto @2xl:left-0 @2xl:-translate-y-1/2"
      />
      <button
        type="button"
        data-row-button
        tabIndex={tabIndex}
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        onClick={() => (isOpen ? actions.close() : actions.open(group))}
        className={cn(
          'grid w-full grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3.5 py-2.5 compact:py-1 pr-4 pl-4 text-left -outline-offset-2 @2xl:grid-cols-[1.25rem_3.75rem_minmax(0,3fr)_13.75rem_minmax(5rem,1fr)_2rem_2.5rem] @2xl:gap-x-2.5 @2xl:pr-6 @2xl:pl-6 @3xl:grid-cols-[1.25rem_3.75rem_minmax(0,3fr)_14rem_4.75rem_minmax(5rem,1fr)_2rem_2.5rem] @5xl:gap-x-5 @5xl:grid-cols-[1.25rem_3.25rem_minmax(0,5fr)_14rem_9rem_minmax(8rem,4fr)_2rem_2.5rem]',
          !isOpen && 'hover:bg-hover',
          chosen !== 'none' && !isOpen && 'bg-selected',
        )}
      >
        <SeverityMark severity={group.worst} className={cn('mt-0.5 size-5 @2xl:mt-0', WHOLE_HEIGHT)} />
        <span className="flex min-w-0 items-center gap-1.5 @2xl:col-span-2 @2xl:row-start-1">
          <span className="min-w-0">
            <Teams event={event} />
          </span>
          {group.alerts.every((alert) => alert.muted) && <MutedMark />}
        </span>
        <Countdown
          kickoff={event.kickoff}
          className="text-right @2xl:col-start-2 @2xl:row-start-2 @2xl:text-left @2xl:text-quiet"
        />
        <span className="col-start-2 block truncate text-quiet text-secondary @2xl:col-start-3 @2xl:row-start-2">
          <bdi>{event.league}</bdi> · <bdi>{event.country}</bdi>
        </span>
        <span className={cn('col-start-2 min-w-0 pt-1 @2xl:col-start-auto @2xl:pt-0', WHOLE_HEIGHT)}>
          <span className="block truncate text-quiet text-secondary">
            <bdi>{selectionWords(strongest)}</bdi>
            <span className="@2xl:hidden"> · {left ?? strongest.bookmaker}</span>
          </span>
          <Move alert={strongest} />
          {left === null && isWorse(group) && <WorseMark className="block truncate text-quiet @2xl:hidden" />}
        </span>
        <Sparkline alert={strongest} className={cn('hidden @3xl:block', WHOLE_HEIGHT)} />
        <span className={cn('hidden min-w-0 @2xl:block', WHOLE_HEIGHT)}>
          <span className="block truncate">{strongest.bookmaker}</span>
          <span className="block truncate text-quiet text-secondary">
            {left ??
              (isWorse(group) ? (
                <WorseMark form="short" />
              ) : (
                handlerWords(strongest) || againstWords(strongest) || TYPE_WORDS[strongest.type]
              ))}
          </span>
        </span>
        <span
          className={cn(
            'col-start-3 row-start-2 inline-flex h-4.5 min-w-6 items-center justify-center self-center justify-self-end rounded-sm bg-ink/7 px-1 text-quiet font-semibold @2xl:col-start-auto @2xl:h-5.5 @2xl:min-w-7',
            WHOLE_HEIGHT,
          )}
        >
          <span aria-hidden>{countText(group)}</span>
          <span className="sr-only">{alertsWords(group)}</span>
        </span>
        <Age
          at={group.latestAt}
          className={cn(
            'self-end pb-0.5 text-right text-secondary @2xl:pb-0',
            WHOLE_HEIGHT,
            (canAcknowledge || muteGroup) &&
              'pointer-fine:group-focus-within/row:invisible pointer-fine:group-hover/row:invisible',
          )}
        />
      </button>
      <div className="absolute top-1/2 right-2.5 flex -translate-y-1/2 gap-1 opacity-0 group-focus-within/row:opacity-100 pointer-coarse:hidden group-hover/row:opacity-100">
        {muteGroup && (
          <Button
            variant="outline"
            size="iconSmall"
            tabIndex={tabIndex}
            aria-label={`Mute ${teams}…`}
            title="Mute… (M)"
            aria-haspopup="dialog"
            onClick={() => muteGroup(group)}
          >
            <BellOff />
          </Button>
        )}
        {canAcknowledge && (
          <Button
            variant="outline"
            size="iconSmall"
            tabIndex={tabIndex}
            aria-label={`Acknowledge ${alertsWords(group)} of ${teams}`}
            title="Acknowledge all of this event (A)"
            onClick={() => acknowledgeGroup(group)}
          >
            <Check />
          </Button>
        )}
      </div>
    </div>
  );
}
