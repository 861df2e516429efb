import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import type { AlertCounts, AlertStatus } from '../../contracts/alert.ts';
import { ALERT_STATUSES } from '../../contracts/alert-words.ts';
import { cn } from '../ui/class-names.ts';
import { shortCount } from '../words/number-words.ts';

export const TAB_WORDS: Readonly<Record<AlertStatus, string>> = {
  new: 'New',
  acknowledged: 'Acknowledged',
  past: 'Past',
};

/**
 * Room for the word and four digits: what is counted up moves no tab beside it. A line narrower than the three of them
 * has smaller words, room for three digits, and a count in thousands from there on.
 */
const WIDTHS: Readonly<Record<AlertStatus, string>> = {
  new: '@min-[24.25rem]:min-w-21',
  acknowledged: '@min-[24.25rem]:min-w-39',
  past: '@min-[24.25rem]:min-w-22',
};

type AlertTabsProps = {
  readonly tab: AlertStatus;
  readonly counts: AlertCounts | null;
  readonly onChange: (tab: AlertStatus) => void;
  /** Stands at the end of the tabs' line. */
  readonly beside: ReactNode;
  readonly children: ReactNode;
};

/** Beyond the digits that have room a count is told in thousands. */
const SHORT_FROM = 10_000;
const NARROW_SHORT_FROM = 1_000;

/** How many alerts a state has, in two lengths only where these differ. */
function Count({ value }: { readonly value: number }) {
  const [wide, narrow] = [shortCount(value, SHORT_FROM), shortCount(value, NARROW_SHORT_FROM)];
  if (wide === narrow) return wide;
  return (
    <>
      <span className="@min-[24.25rem]:hidden">{narrow}</span>
      <span className="hidden @min-[24.25rem]:inline">{wide}</span>
    </>
  );
}

/** Which tab a key leads to, from the one at `index`; the row is a ring. */
function targetOf(key: string, index: number): number | undefined {
  const last = ALERT_STATUSES.length - 1;
  switch (key) {
    case 'ArrowRight':
      return index === last ? 0 : index + 1;
    case 'ArrowLeft':
      return index === 0 ? last : index - 1;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/**
 * The three states of an alert, each with how many there are under the filters in force. The tabs of ARIA's practices
 * by hand: Radix' bring 10 kB for these three buttons, and nothing else of the first page needs them.
 */
export function AlertTabs({ tab, counts, onChange, beside, children }: AlertTabsProps) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent): void {
    const target = targetOf(event.key, ALERT_STATUSES.indexOf(tab));
    const next = target === undefined ? undefined : ALERT_STATUSES[target];
    if (target === undefined || next === undefined) return;
    event.preventDefault();
    row.current?.querySelectorAll<HTMLElement>('[role=tab]')[target]?.focus();
    onChange(next);
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="mx-4 flex shrink-0 items-center border-b @2xl:mx-6">
        <div
          ref={row}
          role="tablist"
          tabIndex={-1}
          aria-label="Alerts by state"
          onKeyDown={move}
          className="-mb-px flex min-w-0 gap-1.5 self-end overflow-x-auto [scrollbar-width:none] @min-[24.25rem]:gap-0 @2xl:gap-2"
        >
          {ALERT_STATUSES.map((status) => (
            <button
              key={status}
              type="button"
              role="tab"
              id={`${id}-${status}`}
              aria-selected={status === tab}
              aria-controls={`${id}-panel`}
              tabIndex={status === tab ? 0 : -1}
              onClick={() => onChange(status)}
              className={cn(
                'group/tab flex shrink-0 text-[0.8125rem] font-medium text-secondary -outline-offset-2 hover:text-ink aria-selected:text-ink @min-[24.25rem]:text-[0.9375rem]',
                WIDTHS[status],
              )}
            >
              <span className="flex h-9 items-center gap-1 border-b-2 border-transparent group-aria-selected/tab:border-ink @min-[24.25rem]:gap-1.5">
                {TAB_WORDS[status]}
                <span className="min-w-[3ch] text-left font-normal text-secondary @min-[24.25rem]:min-w-[1ch]">
                  {counts !== null && <Count value={counts[status]} />}
                </span>
              </span>
            </button>
          ))}
        </div>
        <div className="-mr-3 ml-auto flex shrink-0">{beside}</div>
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${tab}`}
        tabIndex={-1}
        className="flex min-h-0 flex-1 flex-col outline-none"
      >
        {children}
      </div>
    </div>
  );
}
