import { Check } from 'lucide-react';
import type { RefCallback } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { alertKey } from '../../hooks/list-rows.ts';
import { Age } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { handlerWords } from '../words/left-words.ts';
import { againstWords } from '../words/move-words.ts';
import { SEVERITY_WORDS, selectionWords } from '../words/market-words.ts';
import { MutedMark } from '../mutes/muted-mark.tsx';
import type { RowActions } from './alert-group.tsx';
import { Move } from './move.tsx';
import { RowCheck } from './row-check.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { WorseMark } from './worse-mark.tsx';

type AlertLineProps = {
  readonly alert: Alert;
  /** The row's place in the list, for its measuring. */
  readonly index: number;
  /** What is left out above it. */
  readonly gapPx: number;
  readonly measure: RefCallback<HTMLElement>;
  readonly position: number;
  /** -1 where it is not known. */
  readonly of: number;
  readonly isLast: boolean;
  /** It stands in the pane. */
  readonly isSelected: boolean;
  readonly isChosen: boolean;
  readonly isFresh: boolean;
  readonly tabIndex: 0 | -1;
  /** What became of it, when it stands here only because the list is held. */
  readonly left: string | null;
  readonly actions: RowActions;
};

/** One alert of an open group. */
export function AlertLine(props: AlertLineProps) {
  const { alert, index, gapPx, measure, position, of, isLast, isSelected, isChosen, isFresh, tabIndex, left, actions } =
    props;
  const selection = selectionWords(alert);
  const against = againstWords(alert);
  const handler = handlerWords(alert);
  const isWorse = alert.worsenedAt !== null && alert.status === 'new';
  const { acknowledge } = actions;
  const canAcknowledge = acknowledge !== undefined && left === null;
  return (
    <li
      ref={measure}
      data-index={index}
      data-row={alertKey(alert.id)}
      aria-label={`${SEVERITY_WORDS[alert.severity]}: ${selection} at ${alert.bookmaker}${left === null ? '' : `, ${left}`}`}
      aria-posinset={position}
      aria-setsize={of}
      style={{ marginTop: gapPx }}
      className={cn(
        'group/row relative',
        position > 1 && 'border-t',
        isLast && 'pb-2',
        isFresh && 'fresh',
        left !== null && 'opacity-55',
      )}
    >
      <RowCheck
        label={`Select ${selection} at ${alert.bookmaker}`}
        chosen={isChosen ? 'all' : 'none'}
        tabIndex={tabIndex}
        onChoose={(how) => actions.choose(alertKey(alert.id), how)}
        className="top-0.5 -left-6.5"
      />
      <button
        type="button"
        data-row-button
        tabIndex={tabIndex}
        onClick={() => actions.select(alert)}
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
          {left !== null && ` · ${left}`}
          {left === null && isWorse && <WorseMark className="ml-2 text-quiet" />}
          {left === null && !isWorse && against !== '' && ` · ${against}`}
          {left === null && handler !== '' && (
            <>
              {' '}
              · <bdi>{handler}</bdi>
            </>
          )}
          {left === null && alert.status !== 'new' && alert.note !== null && alert.note !== '' && (
            <>
              {' '}
              · “<bdi title={alert.note}>{alert.note}</bdi>”
            </>
          )}
          {alert.occurrences > 1 && ` ×${alert.occurrences}`}
          {alert.muted && <MutedMark className="ml-1.5 align-[-2px]" />}
        </span>
        <Age
          at={alert.detectedAt}
          className={cn(
            // As wide whatever it says: a tick moves nothing.
            'col-start-3 row-start-1 min-w-11 text-right text-secondary @2xl:col-start-auto @2xl:row-start-auto',
            canAcknowledge && 'pointer-fine:group-focus-within/row:invisible pointer-fine:group-hover/row:invisible',
          )}
        />
      </button>
      {canAcknowledge && (
        <Button
          variant="ghost"
          size="iconSmall"
          tabIndex={tabIndex}
          aria-label={`Acknowledge ${selection} at ${alert.bookmaker}`}
          title="Acknowledge this alert (A)"
          onClick={() => acknowledge(alert)}
          className="absolute top-0.5 right-0 opacity-0 focus-visible:opacity-100 pointer-coarse:hidden group-focus-within/row:opacity-100 group-hover/row:opacity-100"
        >
          <Check />
        </Button>
      )}
    </li>
  );
}
