'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { Tabs } from 'radix-ui';
import { queries } from '../../hooks/browser-api.ts';
import { failureOf } from '../../hooks/query-failure.ts';
import { SETTINGS_VIEWS, type SettingsView, settingsViewParsers } from '../../hooks/settings-view.ts';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Age } from '../time/age.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ChangeHistory } from './change-history.tsx';
import type { DraftState } from './draft-store.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { SettingsEditing } from './settings-editing.tsx';
import { TryOnHistory } from './try-on-history.tsx';
import { useDraft } from './use-draft.ts';
import { useTry } from './use-try.ts';

const VIEW_WORDS: Readonly<Record<SettingsView, string>> = {
  edit: 'Settings',
  try: 'Try on history',
  history: 'Changes',
};

/** The settings of the desk: editing, trying them on history, and who changed what. Its state is its address. */
export function SettingsPage() {
  const query = useQuery(queries.settings());
  const [{ view, sport, league, country }, setPlace] = useQueryStates(settingsViewParsers, { history: 'push' });
  const { store, state } = useDraft(query.data);
  // Here, so that a try goes on while another part of the page is looked at.
  const trying = useTry();
  const scope = sport === null ? null : { sport, league, country };

  return (
    <div className="@container flex h-full flex-col">
      <header className="flex shrink-0 flex-wrap items-baseline gap-x-4 px-4 pt-3.5 pb-1 @2xl:px-6 @2xl:pt-4.5">
        <h1 className="text-title font-semibold tracking-tight">Settings</h1>
        {state !== null && <InForceSince state={state} />}
      </header>
      {state === null ? (
        <NotYet error={failureOf(query)} onRetry={() => void query.refetch()} />
      ) : (
        <Tabs.Root
          value={view}
          onValueChange={(value) => {
            const next = SETTINGS_VIEWS.find((each) => each === value);
            if (next !== undefined) void setPlace({ view: next }); // resolves when the address is written
          }}
          className="flex min-h-0 flex-1 flex-col"
        >
          <Tabs.List
            aria-label="Parts of the settings"
            className="flex shrink-0 gap-5 border-b px-4 @2xl:gap-6 @2xl:px-6"
          >
            {SETTINGS_VIEWS.map((each) => (
              <Tabs.Trigger
                key={each}
                value={each}
                className="-mb-px flex h-9 shrink-0 items-center border-b-2 border-transparent text-[0.9375rem] font-medium text-secondary -outline-offset-2 hover:text-ink data-[state=active]:border-ink data-[state=active]:text-ink"
              >
                {VIEW_WORDS[each]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <Tabs.Content value={view} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
            {view === 'edit' && (
              <SettingsEditing
                store={store}
                state={state}
                scope={scope}
                onScope={(next) =>
                  void setPlace({
                    sport: next?.sport ?? null,
                    league: next?.league ?? null,
                    country: next?.country ?? null,
                  })
                }
                onTry={() => void setPlace({ view: 'try' })}
              />
            )}
            {view === 'try' && <TryOnHistory state={state} trying={trying} />}
            {view === 'history' && <ChangeHistory store={store} state={state} />}
          </Tabs.Content>
        </Tabs.Root>
      )}
      <LeaveGuard changes={state?.changes.length ?? 0} onDiscard={store.discard} />
    </div>
  );
}

function InForceSince({ state: { latest } }: { readonly state: DraftState }) {
  if (latest.changedAt === null) return <p className="text-secondary">the defaults are in force</p>;
  return (
    <p className="text-secondary">
      revision {latest.revision}, saved by {latest.changedBy ?? 'somebody'} <Age at={latest.changedAt} ago />
    </p>
  );
}

function NotYet({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error !== null)
    return <Failure title="The settings could not be read" reason={reasonOf(error)} onRetry={onRetry} />;
  return (
    <output aria-label="Loading settings" className="flex max-w-3xl flex-col gap-6 px-4 py-6 @2xl:px-6">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-10 w-full" />
      ))}
    </output>
  );
}
