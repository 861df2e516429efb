import type { Observation } from '../detection/observation.ts';
import { pause } from './pause.ts';
import { type ReadLine, type RefusedLine, recordedPolls } from './recording.ts';
import { parseSnapshotLine } from './snapshot-line.ts';
import { type Source, type SourceSummary, type Submit, createTally } from './source.ts';
import { submitPatiently } from './submit-patiently.ts';

export type ReplayProgress = {
  readonly lines: number;
  /** Of the file as it lies on disk. */
  readonly bytesRead: number;
  readonly totalBytes: number;
  /** The recorded time of the poll that was committed last. */
  readonly recordedMs: number;
};

export type ReplayOptions = {
  readonly file: string;
  /** Recorded seconds per second; `max` waits for nothing but the commits. */
  readonly speed: number | 'max';
  readonly submit: Submit;
  /** The wall clock, epoch milliseconds. */
  readonly now: () => number;
  /** Called before each poll with its recorded time, which never goes back: what the desk's clock follows. */
  readonly onTime?: (recordedMs: number) => void;
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Each line that is no snapshot. */
  readonly onRefused?: (refused: RefusedLine) => void;
};

const readObservation: ReadLine<Observation> = (text) => {
  const parsed = parseSnapshotLine(text);
  if (parsed.kind === 'refused') return parsed;
  return { kind: 'item', item: parsed.observation, atMs: parsed.observation.observedAtMs };
};

/**
 * Feeds the desk from a recorded file, one poll at a time and in order, each at its time for the speed; when commits
 * are slower than the recording it falls behind and catches up, and loses nothing. `done` rejects with `bad_config`
 * or `unreadable_body` when the file cannot be read.
 */
export function startReplay(options: ReplayOptions): Source {
  const { submit, now, speed } = options;
  const ending = new AbortController();
  const done = run(ending.signal);
  // Whoever made the source reads `done`; a failure before that is no unhandled rejection.
  done.catch(() => undefined);
  return {
    done,
    present: Promise.resolve(),
    async stop() {
      ending.abort();
      await done.catch(() => undefined);
    },
  };

  async function run(signal: AbortSignal): Promise<SourceSummary> {
    const tally = createTally(now);
    let first: { readonly recordedMs: number; readonly wallMs: number } | undefined;
    let recordedMs = Number.NEGATIVE_INFINITY;
    for await (const poll of recordedPolls(options.file, readObservation)) {
      for (const refused of poll.refused) {
        tally.refuse(refused.code);
        options.onRefused?.(refused);
      }
      if (poll.items.length > 0) {
        recordedMs = Math.max(recordedMs, poll.atMs);
        first ??= { recordedMs, wallMs: now() };
        if (speed !== 'max') await pauseUntil(first.wallMs + (recordedMs - first.recordedMs) / speed, signal);
        if (signal.aborted) return tally.summary('stopped');
        options.onTime?.(recordedMs);
        const result = await submitPatiently(submit, poll.items, signal);
        if (result === null) return tally.summary('stopped');
        tally.took(result, poll.items.length);
      }
      const { lines, bytesRead, totalBytes } = poll;
      if (recordedMs > 0) options.onProgress?.({ lines, bytesRead, totalBytes, recordedMs });
    }
    return tally.summary('finished');
  }

  async function pauseUntil(wallMs: number, signal: AbortSignal): Promise<void> {
    for (let leftMs = wallMs - now(); leftMs > 0 && !signal.aborted; leftMs = wallMs - now())
      await pause(leftMs, signal);
  }
}
