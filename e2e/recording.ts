import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Snapshot, snapshotSchema } from '../contracts/snapshot.ts';
import { generatedRecording } from '../server/ingest/generated-recording.ts';

const REAL_RECORDING = fileURLToPath(new URL('../../shared/odds/sample_small.ndjson.gz', import.meta.url));
const MIN_LEAD_MS = 10 * 60_000;
/** As many matches as the real sample has. */
const GENERATED_EVENTS = 5;

/** A real recording where this machine has one, else a generated one of the same shape, which is said aloud. */
export function loadRecording(): readonly Snapshot[] {
  if (existsSync(REAL_RECORDING)) {
    return parseLines(gunzipSync(readFileSync(REAL_RECORDING)).toString('utf8').trimEnd().split('\n'));
  }
  console.log(`No real recording at ${REAL_RECORDING}: the tests run on a generated one.`);
  return parseLines(generatedRecording({ ownBookmaker: 'draftkings', events: GENERATED_EVENTS }));
}

const parseLines = (lines: readonly string[]): readonly Snapshot[] =>
  lines.map((line) => snapshotSchema.parse(JSON.parse(line)));

/**
 * The recording as if it ended now: each event's times move by one constant, so that its last poll is at `nowMs`; its
 * kickoff moves further where it would not be ahead. Sorted by poll again.
 */
export function shiftToFuture(lines: readonly Snapshot[], nowMs: number): readonly Snapshot[] {
  const byEvent = Map.groupBy(lines, (line) => line.event);
  const shifted = [...byEvent.values()].flatMap((eventLines) => {
    const lastPollMs = Math.max(...eventLines.map((line) => Date.parse(line.t)));
    const kickoffMs = Math.min(...eventLines.map((line) => Date.parse(line.kickoff)));
    const shiftMs = nowMs - lastPollMs;
    const kickoffShiftMs = Math.max(shiftMs, nowMs + MIN_LEAD_MS - kickoffMs);
    const moved = (instant: string, byMs = shiftMs): string => new Date(Date.parse(instant) + byMs).toISOString();
    return eventLines.map((line) => ({
      ...line,
      t: moved(line.t),
      kickoff: moved(line.kickoff, kickoffShiftMs),
      ...(line.upd !== undefined && { upd: moved(line.upd) }),
    }));
  });
  return shifted.toSorted((one, other) => (one.t < other.t ? -1 : Number(one.t > other.t)));
}
