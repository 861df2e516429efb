import { createDemoMarket } from './demo-market.ts';
import { pause } from './pause.ts';
import { type Source, type SourceSummary, type Submit, createTally } from './source.ts';
import { submitPatiently } from './submit-patiently.ts';

/** Between two sweeps of the feed; each asks for the matches whose turn it is. */
export const DEMO_POLL_EVERY_MS = 2_000;
const DEFAULT_SEED = 'linewatch';
/** What a desk without prices is told before anything else, and how far apart its polls are. */
const PAST_MS = 45 * 60_000;
const PAST_STEP_MS = 60_000;

export type DemoFeedOptions = {
  readonly submit: Submit;
  readonly ownBookmaker: string;
  /** The wall clock, epoch milliseconds: the demo's matches hang on it. */
  readonly now: () => number;
  readonly seed?: string;
  /**
   * Given for a desk that has no prices yet: it is told the last three quarters of an hour first, so that charts and
   * ages are those of a desk that has been running. Called with the time of each of these polls, and once with null
   * when time is the wall's again.
   */
  readonly onPast?: (atMs: number | null) => void;
};

/** Feeds the desk from an invented market until it is stopped: the whole market at once, then sweep by sweep. */
export function startDemoFeed(options: DemoFeedOptions): Source {
  const { submit, now } = options;
  const ending = new AbortController();
  const present = Promise.withResolvers<void>();
  const done = run(ending.signal);
  // Whoever made the source reads `done`; a failure before that is no unhandled rejection.
  done.catch(() => undefined);
  return {
    done,
    present: present.promise,
    async stop() {
      ending.abort();
      await done.catch(() => undefined);
    },
  };

  async function run(signal: AbortSignal): Promise<SourceSummary> {
    const tally = createTally(now);
    const { ownBookmaker, onPast, seed = DEFAULT_SEED } = options;
    const opensMs = now();
    let atMs = onPast === undefined ? opensMs : opensMs - PAST_MS;
    const market = createDemoMarket({ seed, ownBookmaker, startMs: atMs, opensMs, stories: true });

    async function tell(): Promise<'told' | 'ended'> {
      const observations = market.poll(atMs);
      if (observations.length === 0) return 'told';
      const result = await submitPatiently(submit, observations, signal);
      if (result === null) return 'ended';
      tally.took(result, observations.length);
      return 'told';
    }

    try {
      for (; atMs < opensMs && !signal.aborted; atMs += PAST_STEP_MS) {
        onPast?.(atMs);
        if ((await tell()) === 'ended') return tally.summary('stopped');
      }
    } finally {
      onPast?.(null);
      present.resolve();
    }
    while (!signal.aborted) {
      // A wall clock that was set back must not turn the market back: it stands still until the clock has caught up.
      atMs = Math.max(atMs, now());
      if ((await tell()) === 'ended') break;
      await pause(atMs + DEMO_POLL_EVERY_MS - now(), signal);
    }
    return tally.summary('stopped');
  }
}
