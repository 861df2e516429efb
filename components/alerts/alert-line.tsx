import { Check } from 'lucide-react';
import type { Alert } from '../../contracts/alert.ts';
import { Age } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { competitorWords } from '../words/move-words.ts';
import { SEVERITY_WORDS, selectionWords } from '../words/market-words.ts';
import { MutedMark } from '../mutes/muted-mark.tsx';
import { Move } from './move.tsx';
import { SeverityMark } from './severity-mark.tsx';

type AlertLineProps = {
  readonly alert: Alert;
  readonly isSelected: boolean;
  readonly isFresh: boolean;
  readonly onSelect: () => void;
  /** Absent where the alert is not new. */
  readonly onAcknowledge?: (() => void) | undefined;
};

/** One alert of an open group. */
export function AlertLine({ alert, isSelected, isFresh, onSelect, onAcknowledge }: AlertLineProps) {
  const selection = selectionWords(alert);
  const against = competitorWords(alert);
  return (
    <li
      aria-label={`${SEVERITY_WORDS[alert.severity]}: ${selection} at ${alert.bookmaker}`}
      className={cn('group/line relative border-t first:border-t-0', isFresh && 'animate-fresh')}
    >
      <button
        type="button"
        onClick={onSelect}
        aria-current={isSelected}
        className={cn(
          'grid w-full grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 py-1.5 compact:py-0.5 pr-2 pl-2 text-left -outline-offset-2 @2xl:grid-cols-[1rem_minmax(0,1fr)_14.5rem_minmax(0,1fr)_2.75rem]',
          isSelected ? 'bg-accent/10 font-medium' : 'hover:bg-accent/6',
        )}
      >
        <SeverityMark severity={alert.severity} className="size-3" />
        <span className="truncate">{selection}</span>
        <Move alert={alert} className="col-start-2 @2xl:col-start-auto" />
        <span className="col-start-2 truncate text-secondary @2xl:col-start-auto">
          {alert.bookmaker}
          {against !== '' && ` · ${against}`}
          {alert.occurrences > 1 && ` ×${alert.occurrences}`}
          {alert.muted && <MutedMark className="ml-1.5 align-[-2px]" />}
        </span>
        <Age
          at={alert.detectedAt}
          className={cn(
            'col-start-3 row-start-1 text-right text-secondary @2xl:col-start-auto @2xl:row-start-auto',
            onAcknowledge && 'pointer-fine:group-focus-within/line:invisible pointer-fine:group-hover/line:invisible',
          )}
        />
      </button>
      {onAcknowledge && (
        <Button
          variant="ghost"
          size="iconSmall"
          aria-label={`Acknowledge ${selection} at ${alert.bookmaker}`}
          title="Acknowledge this alert"
          onClick={onAcknowledge}
          className="absolute top-0.5 right-0 opacity-0 focus-visible:opacity-100 pointer-coarse:hidden group-focus-within/line:opacity-100 group-hover/line:opacity-100"
        >
          <Check />
        </Button>
      )}
    </li>
  );
}
