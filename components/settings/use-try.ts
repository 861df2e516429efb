import { isServer } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { errorCode } from '../../contracts/errors.ts';
import type { TryRequest, TrySummary } from '../../contracts/settings-try.ts';
import { browserSettings } from '../../hooks/settings-api.ts';
import type { TryResult } from './tried-pairs.ts';

/** The stretch of time that is tried, and its name in a sentence: `the last 24 hours`. */
export type TryRange = { readonly fromMs: number; readonly toMs: number; readonly words: string };
export type TryProgress = { readonly done: number; readonly total: number; readonly observations: number };

export type TryState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: TryProgress | null }
  | {
      readonly kind: 'done';
      readonly result: TryResult;
      readonly range: TryRange;
      readonly settings: TryRequest['settings'];
      /** What the try before this one found in the same stretch of time; null where there was none. */
      readonly before: TrySummary | null;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };

function failureWords(error: unknown): string {
  if (errorCode(error) === 'busy')
    return 'Another try is running; settings are tried one after the other. Try again in a moment.';
  if (error instanceof Error && error.name === 'AppError') return error.message;
  return 'The desk’s server did not answer.';
}

/** What the last try of this tab found: whoever looks at one of its alerts finds it when coming back. */
let found: TryState = { kind: 'idle' };

/** Only of the same stretch: the last day cannot be held against the last week. */
const summaryBefore = (range: TryRange): TrySummary | null =>
  found.kind === 'done' && found.range.words === range.words ? found.result.summary : null;

/** One try at a time, with its progress. Leaving the page ends it; what it found stays in the tab. */
export function useTry() {
  const [state, setState] = useState<TryState>(isServer ? { kind: 'idle' } : found);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(settings: TryRequest['settings'], range: TryRange): Promise<void> {
    running.current?.abort();
    const stop = new AbortController();
    running.current = stop;
    // A line of a try that was given up must not speak for the next one.
    const tell = (next: TryState): void => {
      if (running.current !== stop || stop.signal.aborted) return;
      setState(next);
      if (next.kind === 'done') found = next;
    };
    tell({ kind: 'running', progress: null });
    const request = { settings, from: new Date(range.fromMs).toISOString(), to: new Date(range.toMs).toISOString() };
    let isOver = false;
    try {
      for await (const line of browserSettings.try(request, stop.signal)) {
        isOver = line.kind !== 'progress';
        if (line.kind === 'progress') tell({ kind: 'running', progress: line });
        if (line.kind === 'result') tell({ kind: 'done', result: line, range, settings, before: summaryBefore(range) });
        if (line.kind === 'error') tell({ kind: 'failed', reason: line.error.message });
      }
      if (!isOver) tell({ kind: 'failed', reason: 'The answer was cut off before its result.' });
    } catch (error) {
      tell({ kind: 'failed', reason: failureWords(error) });
    }
  }

  function cancel(): void {
    running.current?.abort();
    setState({ kind: 'cancelled' });
  }

  return { state, run, cancel };
}
export type Trying = ReturnType<typeof useTry>;
