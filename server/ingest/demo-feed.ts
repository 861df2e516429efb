import { createDemoMarket } from './demo-market.ts';
import { pause } from './pause.ts';
import { type Source, type SourceSummary, type Submit, createTally } from './source.ts';
import { submitPatiently } from './submit-patiently.ts';

/** Between two sweeps of the feed; each asks for the matches whose turn it is. */
export const DEMO_POLL_EVERY_MS = 2_000;
const DEFAULT_SEED = 'linewatch';

export type DemoFeedOptions = {
  readonly submit: Submit;
  readonly ownBookmaker: string;
  /** The wall clock, epoch milliseconds: the demo's matches hang on it. */
  readonly now: () => number;
  readonly seed?: string;
};

/** Feeds the desk from an invented market until it is stopped: the whole market at once, then sweep by sweep. */
export function startDemoFeed(options: DemoFeedOptions): Source {
  const { submit, now } = options;
  const ending = new AbortController();
  const done = run(ending.signal);
  // Whoever made the source reads `done`; a failure before that is no unhandled rejection.
  done.catch(() => undefined);
  return {
    done,
    async stop() {
      ending.abort();
      await done.catch(() => undefined);
    },
  };

  async function run(signal: AbortSignal): Promise<SourceSummary> {
    const tally = createTally(now);
    let atMs = now();
    const { ownBookmaker, seed = DEFAULT_SEED } = options;
    const market = createDemoMarket({ seed, ownBookmaker, startMs: atMs, stories: true });
    while (!signal.aborted) {
      // A wall clock that was set back must not turn the market back: it stands still until the clock has caught up.
      atMs = Math.max(atMs, now());
      const observations = market.poll(atMs);
      const result = observations.length === 0 ? undefined : await submitPatiently(submit, observations, signal);
      if (result === null) break;
      if (result !== undefined) tally.took(result, observations.length);
      await pause(atMs + DEMO_POLL_EVERY_MS - now(), signal);
    }
    return tally.summary('stopped');
  }
}
