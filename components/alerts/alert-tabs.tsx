import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import type { AlertCounts, AlertStatus } from '../../contracts/alert.ts';
import { ALERT_STATUSES } from '../../contracts/alert-words.ts';

export const TAB_WORDS: Readonly<Record<AlertStatus, string>> = {
  new: 'New',
  acknowledged: 'Acknowledged',
  past: 'Past',
};

type AlertTabsProps = {
  readonly tab: AlertStatus;
  readonly counts: AlertCounts | null;
  readonly onChange: (tab: AlertStatus) => void;
  /** Stands at the end of the tabs' line. */
  readonly beside: ReactNode;
  readonly children: ReactNode;
};

const grouped = new Intl.NumberFormat('en-GB');

/** The three states of an alert, each with how many there are under the filters in force. */
export function AlertTabs({ tab, counts, onChange, beside, children }: AlertTabsProps) {
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => {
        const next = ALERT_STATUSES.find((status) => status === value);
        if (next !== undefined) onChange(next);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="mx-4 flex shrink-0 items-center border-b @2xl:mx-6">
        <Tabs.List
          aria-label="Alerts by state"
          className="-mb-px flex min-w-0 gap-4 self-end overflow-x-auto [scrollbar-width:none] @2xl:gap-6"
        >
          {ALERT_STATUSES.map((status) => (
            <Tabs.Trigger
              key={status}
              value={status}
              className="flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-[0.9375rem] font-medium text-secondary -outline-offset-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink"
            >
              {TAB_WORDS[status]}
              <span className="min-w-[1ch] font-normal text-secondary">
                {counts === null ? '' : grouped.format(counts[status])}
              </span>
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <div className="-mr-3 ml-auto flex shrink-0">{beside}</div>
      </div>
      <Tabs.Content value={tab} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        {children}
      </Tabs.Content>
    </Tabs.Root>
  );
}
