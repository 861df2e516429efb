'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SEVERITIES } from '../../contracts/alert-words.ts';
import type { Settings } from '../../contracts/settings.ts';
import { queries } from '../../hooks/browser-api.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { MARKET_WORDS, SEVERITY_WORDS } from '../words/market-words.ts';

type SettingProps = { readonly name: string; readonly about: string; readonly children: ReactNode };

function Setting({ name, about, children }: SettingProps) {
  return (
    <div className="grid gap-x-8 gap-y-1 border-t py-3 @2xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <dt>
        {name}
        <span className="block text-quiet text-secondary">{about}</span>
      </dt>
      <dd className="font-medium @2xl:text-right">{children}</dd>
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2 text-base font-semibold">{title}</h2>
      <dl className="border-b">{children}</dl>
    </section>
  );
}

function InForce({ settings }: { readonly settings: Settings }) {
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <Group title="Desk">
        <Setting name="Own book" about="The bookmaker that we are, as the feed names it">
          {settings.ownBookmaker}
        </Setting>
        <Setting name="Markets that alert" about="All other markets are stored and shown, but never alert">
          {settings.primaryMarkets.map((market) => MARKET_WORDS[market]).join(', ')}
        </Setting>
        <Setting name="Matched markets only" about="Alert only where own book and a competitor both offer the market">
          {settings.matchedOnly ? 'yes' : 'no'}
        </Setting>
      </Group>
      <Group title="Price change">
        {SEVERITIES.toReversed().map((severity) => (
          <Setting
            key={severity}
            name={SEVERITY_WORDS[severity]}
            about="Smallest move of one outcome, in percent of its odds"
          >
            <span className="inline-flex items-center gap-2">
              <SeverityMark severity={severity} silent className="size-3" />
              {settings.priceChangePercent[severity]}%
            </span>
          </Setting>
        ))}
      </Group>
      <Group title="Disagreement">
        <Setting name="Smallest move" about="Both sides must have moved at least this much, in opposite directions">
          {settings.disagreementMinPercent}%
        </Setting>
        <Setting name="Looks back" about="How far apart the two moves may lie">
          {settings.disagreementWindowMinutes} min
        </Setting>
      </Group>
      <Group title="Feeds">
        <Setting name="Delayed after" about="Without a word from a bookmaker">
          {settings.feedDelayedAfterSeconds} s
        </Setting>
        <Setting name="Silent after" about="Its prices then count as stale">
          {settings.feedSilentAfterSeconds} s
        </Setting>
      </Group>
    </div>
  );
}

/** The settings in force. They can be read here; changing them goes through the API. */
export function SettingsPage() {
  const query = useQuery(queries.settings());
  return (
    <div className="@container flex h-full flex-col">
      <header className="flex shrink-0 items-baseline gap-4 border-b px-4 pt-3.5 pb-3 @2xl:px-6 @2xl:pt-4.5">
        <h1 className="text-title font-semibold tracking-tight">Settings</h1>
        <p className="text-secondary">in force now, read only</p>
      </header>
      <section
        aria-label="Settings in force"
        // What scrolls must be reachable by keyboard, also where nothing in it takes the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="scroll-quiet flex min-h-0 flex-1 flex-col overflow-y-auto px-4 py-6 -outline-offset-2 @2xl:px-6"
      >
        {query.data !== undefined && <InForce settings={query.data.settings} />}
        {query.data === undefined && query.error === null && (
          <output aria-label="Loading settings" className="flex max-w-3xl flex-col gap-6">
            {[0, 1, 2, 3].map((row) => (
              <Skeleton key={row} className="h-10 w-full" />
            ))}
          </output>
        )}
        {query.data === undefined && query.error !== null && (
          <Failure
            title="The settings could not be read"
            reason={reasonOf(query.error)}
            onRetry={() => void query.refetch()}
          />
        )}
      </section>
    </div>
  );
}
