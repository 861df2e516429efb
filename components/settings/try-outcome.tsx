import { CircleAlert, CircleSlash } from 'lucide-react';
import { Notice } from '../states/notice.tsx';
import { Clock } from '../time/clock.tsx';
import { TriedList } from './tried-list.tsx';
import { TrySummaryTable } from './try-summary-table.tsx';
import type { TryState } from './use-try.ts';

const counted = new Intl.NumberFormat('en-GB');
const alertsWords = (count: number): string => `${counted.format(count)} ${count === 1 ? 'alert' : 'alerts'}`;

/** The whole of a try in one sentence. */
export function headline({ now, tried }: { readonly now: number; readonly tried: number }, range: string): string {
  const start = `With these settings ${range} had`;
  if (now === tried) return `${start} ${alertsWords(tried)}, as many as there were`;
  return `${start} ${alertsWords(tried)} instead of ${counted.format(now)}`;
}

/** What a try is about, does, or found. */
export function TryOutcome({ state }: { readonly state: Exclude<TryState, { readonly kind: 'idle' }> }) {
  switch (state.kind) {
    case 'running':
      return <Progress progress={state.progress} />;
    case 'cancelled':
      return (
        <Notice icon={<CircleSlash />} title="Cancelled">
          Nothing was found out, and nothing was touched.
        </Notice>
      );
    case 'failed':
      return (
        <Notice icon={<CircleAlert />} title="The try failed" role="alert" tone="alarming">
          {state.reason}
        </Notice>
      );
    case 'done':
      return <Found state={state} />;
  }
}

function Progress({ progress }: Pick<Extract<TryState, { readonly kind: 'running' }>, 'progress'>) {
  const words =
    progress === null
      ? 'Reading the history …'
      : `${counted.format(progress.done)} of ${counted.format(progress.total)} matches, ${counted.format(progress.observations)} prices`;
  return (
    <div className="flex max-w-md flex-col gap-2">
      <progress
        aria-label="Progress of the try"
        className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-chip [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-chip [&::-webkit-progress-value]:bg-accent"
        {...(progress === null ? {} : { max: Math.max(1, progress.total), value: progress.done })}
      />
      <p className="text-secondary">{words}</p>
    </div>
  );
}

function Found({ state }: { readonly state: Extract<TryState, { readonly kind: 'done' }> }) {
  const { result, range, before } = state;
  return (
    <section aria-label="Result of the try" className="flex flex-col gap-6">
      <div>
        <h2 role="status" className="text-base font-semibold">
          {headline(result.summary, range.words)}
        </h2>
        {before !== null && (
          <p>
            The try before: {alertsWords(before.tried)}; this one: {counted.format(result.summary.tried)}.
          </p>
        )}
        <p className="mt-0.5 text-quiet text-secondary">
          <Clock at={new Date(range.fromMs).toISOString()} /> to <Clock at={new Date(range.toMs).toISOString()} /> ·{' '}
          {counted.format(result.observations)} prices replayed
          {result.cutEventIds.length > 0 &&
            ` · the oldest part of ${counted.format(result.cutEventIds.length)} matches was left out`}
        </p>
      </div>
      <TrySummaryTable summary={result.summary} before={before} />
      <TriedList result={result} />
      <details className="max-w-3xl text-quiet text-secondary">
        <summary className="w-fit text-ink">What the history does not tell</summary>
        <ul className="mt-1.5 list-disc pl-5">
          {result.assumptions.map((assumption) => (
            <li key={assumption}>{assumption}</li>
          ))}
        </ul>
      </details>
    </section>
  );
}
