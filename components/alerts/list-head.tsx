import type { ReactNode } from 'react';
import type { Waiting } from '../../hooks/held-list.ts';
import { ariaShortcut, bindingOf } from '../../hooks/keymap.ts';
import type { Chosen } from '../../hooks/selection.ts';
import { KeyHint } from '../keys/key-hint.tsx';
import { cn } from '../ui/class-names.ts';
import { waitingWords } from '../words/waiting-words.ts';
import { SeverityMark } from './severity-mark.tsx';
import { RowCheck } from './row-check.tsx';

type ListHeadProps = {
  readonly chosen: Chosen;
  readonly onChooseAll: () => void;
  readonly waiting: Waiting;
  readonly isPaused: boolean;
  readonly onShowNew: () => void;
  /** What can be done with the selection; takes the whole line. */
  readonly bar: ReactNode | null;
  /** What stands in the line while nothing is chosen. */
  readonly children: ReactNode;
};

function Pill({ waiting, onShowNew, isSmall }: Pick<ListHeadProps, 'waiting' | 'onShowNew'> & { isSmall: boolean }) {
  if (waiting.alerts === 0) return null;
  const words = waitingWords(waiting);
  return (
    <button
      type="button"
      aria-keyshortcuts={ariaShortcut(bindingOf('showNew'))}
      onClick={onShowNew}
      className={cn(
        'flex h-full items-center justify-center gap-2 bg-selected font-semibold text-accent -outline-offset-2',
        isSmall ? 'ml-auto shrink-0 px-3' : 'absolute inset-y-0 right-0 left-12 @2xl:inset-x-0',
      )}
    >
      {waiting.worst !== null && <SeverityMark severity={waiting.worst} silent className="size-3" />}
      <span>
        {isSmall ? `${waiting.alerts} new` : words}
        <span className="sr-only">, show</span>
      </span>
      {!isSmall && (
        <span aria-hidden className="hidden font-normal text-secondary @md:inline">
          press
        </span>
      )}
      <KeyHint command="showNew" className="text-secondary" />
      {!isSmall && (
        <span aria-hidden className="hidden font-normal text-secondary @md:inline">
          to show
        </span>
      )}
    </button>
  );
}

/**
 * The line over the list. It is always there, so that neither what waits nor what is chosen moves a row when it is
 * said.
 */
export function ListHead(props: ListHeadProps) {
  const { chosen, onChooseAll, waiting, isPaused, onShowNew, bar, children } = props;
  return (
    <div
      className={cn(
        'group/row relative flex h-9 shrink-0 items-center border-y pr-4 pl-12.5 text-quiet text-secondary @2xl:pr-6 @2xl:pl-13.5 @5xl:pl-16',
        bar !== null && 'bg-selected',
      )}
    >
      {bar === null && <Pill waiting={waiting} onShowNew={onShowNew} isSmall={false} />}
      <RowCheck
        label="Select all that are loaded"
        chosen={chosen}
        tabIndex={0}
        onChoose={onChooseAll}
        className="top-1 left-3 @2xl:left-0"
      />
      {bar === null ? (
        <>
          {isPaused && <span className="mr-2 font-semibold text-ink">Paused</span>}
          {children}
        </>
      ) : (
        <>
          {bar}
          <Pill waiting={waiting} onShowNew={onShowNew} isSmall />
        </>
      )}
    </div>
  );
}
