import { BellOff, Check } from 'lucide-react';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { Age, Countdown } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { competitorWords } from '../words/move-words.ts';
import { TYPE_WORDS, selectionWords } from '../words/market-words.ts';
import { Teams } from '../events/teams.tsx';
import { alertsWords, countText } from '../words/group-words.ts';
import { MutedMark } from '../mutes/muted-mark.tsx';
import { Move } from './move.tsx';
import { SeverityMark } from './severity-mark.tsx';

type GroupRowProps = {
  readonly group: AlertGroup;
  readonly panelId: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Absent where the alerts are not new. */
  readonly onAcknowledge?: (() => void) | undefined;
  /** Absent where nothing can be kept quiet any more. */
  readonly onMute?: (() => void) | undefined;
};

/** An event's line: who plays, when, what moved most, where, how many, since when. */
export function GroupRow({ group, panelId, isOpen, onToggle, onAcknowledge, onMute }: GroupRowProps) {
  const { event, strongest } = group;
  const teams = `${event.home} v ${event.away}`;
  return (
    <div className="group/row relative">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={onToggle}
        className={cn(
          'grid w-full grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3.5 py-2.5 compact:py-1 pr-4 pl-4 text-left -outline-offset-2 @2xl:gap-x-3 @2xl:grid-cols-[1.25rem_minmax(0,2fr)_4.5rem_14.5rem_minmax(0,.75fr)_2rem_2.75rem] @2xl:items-center @2xl:pr-6 @2xl:pl-6',
          !isOpen && 'hover:bg-hover',
        )}
      >
        <SeverityMark severity={group.worst} className="mt-0.5 size-5 @2xl:mt-0" />
        <span className="min-w-0">
          <span className="flex items-center gap-1.5">
            <span className="min-w-0">
              <Teams event={event} />
            </span>
            {group.alerts.every((alert) => alert.muted) && <MutedMark />}
          </span>
          <span className="block truncate text-quiet text-secondary">
            <bdi>{event.league}</bdi> · <bdi>{event.country}</bdi>
          </span>
        </span>
        <Countdown kickoff={event.kickoff} className="text-right @2xl:text-left" />
        <span className="col-start-2 min-w-0 pt-1 @2xl:col-start-auto @2xl:pt-0">
          <span className="block truncate text-quiet text-secondary">
            <bdi>{selectionWords(strongest)}</bdi>
            <span className="@2xl:hidden"> · {strongest.bookmaker}</span>
          </span>
          <Move alert={strongest} />
        </span>
        <span className="hidden min-w-0 @2xl:block">
          <span className="block truncate">{strongest.bookmaker}</span>
          <span className="block truncate text-quiet text-secondary">
            {competitorWords(strongest) || TYPE_WORDS[strongest.type]}
          </span>
        </span>
        <span className="hidden h-5.5 min-w-6 items-center justify-self-center rounded-sm bg-ink/7 px-1.5 text-quiet font-semibold @2xl:inline-flex @2xl:justify-center">
          <span aria-hidden>{countText(group)}</span>
          <span className="sr-only">{alertsWords(group)}</span>
        </span>
        <Age
          at={group.latestAt}
          className={cn(
            'self-end pb-0.5 text-right text-secondary @2xl:self-auto @2xl:pb-0',
            (onAcknowledge || onMute) &&
              'pointer-fine:group-focus-within/row:invisible pointer-fine:group-hover/row:invisible',
          )}
        />
      </button>
      <div className="absolute top-1/2 right-4 flex -translate-y-1/2 gap-1.5 opacity-0 focus-within:opacity-100 pointer-coarse:hidden group-hover/row:opacity-100">
        {onMute && (
          <Button
            variant="outline"
            size="iconSmall"
            aria-label={`Mute ${teams}…`}
            title="Mute…"
            aria-haspopup="dialog"
            onClick={onMute}
          >
            <BellOff />
          </Button>
        )}
        {onAcknowledge && (
          <Button
            variant="outline"
            size="iconSmall"
            aria-label={`Acknowledge ${alertsWords(group)} of ${teams}`}
            title="Acknowledge all of this event"
            onClick={onAcknowledge}
          >
            <Check />
          </Button>
        )}
      </div>
    </div>
  );
}
