import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Snapshot, snapshotSchema } from '../contracts/snapshot.ts';
import { openingPrices, ownSteamMove } from './moves.ts';

const REAL_RECORDING = fileURLToPath(new URL('../../shared/odds/sample_small.ndjson.gz', import.meta.url));
const MIN_LEAD_MS = 10 * 60_000;

/** A real recording where this machine has one, else a generated one of the same shape, which is said aloud. */
export function loadRecording(): readonly Snapshot[] {
  if (existsSync(REAL_RECORDING)) {
    const lines = gunzipSync(readFileSync(REAL_RECORDING)).toString('utf8').trimEnd().split('\n');
    return lines.map((line) => snapshotSchema.parse(JSON.parse(line)));
  }
  console.log(`No real recording at ${REAL_RECORDING}: the tests run on a generated one.`);
  return generateRecording();
}

/**
 * The recording as if it ended now: each event's times move by one constant, so that its last poll is at most at
 * `nowMs` unless its kickoff would not be ahead. Sorted by poll again.
 */
export function shiftToFuture(lines: readonly Snapshot[], nowMs: number): readonly Snapshot[] {
  const byEvent = Map.groupBy(lines, (line) => line.event);
  const shifted = [...byEvent.values()].flatMap((eventLines) => {
    const lastPollMs = Math.max(...eventLines.map((line) => Date.parse(line.t)));
    const kickoffMs = Math.min(...eventLines.map((line) => Date.parse(line.kickoff)));
    const shiftMs = Math.max(nowMs - lastPollMs, nowMs + MIN_LEAD_MS - kickoffMs);
    const moved = (instant: string): string => new Date(Date.parse(instant) + shiftMs).toISOString();
    return eventLines.map((line) => ({
      ...line,
      t: moved(line.t),
      kickoff: moved(line.kickoff),
      ...(line.upd !== undefined && { upd: moved(line.upd) }),
    }));
  });
  return shifted.toSorted((one, other) => (one.t < other.t ? -1 : Number(one.t > other.t)));
}

const GENERATED_MATCHES = [
  { home: 'Harbour Town', away: 'Mill United' },
  { home: 'Lantern City', away: 'Old Quay' },
  { home: 'North Ferry', away: 'Saltmarsh' },
];

function generateRecording(): readonly Snapshot[] {
  const endMs = Date.parse('2026-01-01T12:00:00Z');
  return GENERATED_MATCHES.flatMap((match) => [...openingPrices(match, endMs), ...ownSteamMove(match, endMs)]);
}
