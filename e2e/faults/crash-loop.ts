import { setTimeout as delay } from 'node:timers/promises';
import { startDesk } from '../desk-server.ts';
import { LOAD_SPAN_MS, type LoadShape } from './known-load.ts';
import { startLoad } from './load.ts';
import { POSTGRES_PARTS, killPostgres, postgresUrl } from './own-postgres.ts';
import { type Spread, spread } from './spread.ts';
import { type Verdict, verifyDesk } from './verify.ts';

const VICTIMS = ['node', 'postgres', 'both'] as const;
/** Issue 4: ready again within ten seconds. */
const READY_WITHIN_MS = 10_000;
const PROGRESS_WITHIN_MS = 40_000;
/** More would make the final comparison slow; longer runs take a fresh desk each time. */
export const CRASH_ROUNDS_PER_DESK = 20;
const LEAST_LOAD_MS = 100;
const MOST_LOAD_MS = 900;

export type CrashFigures = {
  readonly rounds: number;
  readonly snapshotsPerSecond: number;
  readonly readyMs: Readonly<Record<(typeof VICTIMS)[number], Spread>>;
  readonly refused: Readonly<Record<number, number>>;
  readonly verdict: Verdict;
};

/**
 * Kills Node, PostgreSQL or both at random moments under load, round after round, and holds what is stored
 * against what was answered. Throws with every fault found. `random` decides who dies when.
 */
export async function runCrashLoop(options: {
  readonly rounds: number;
  readonly random?: () => number;
}): Promise<CrashFigures> {
  const { rounds, random = Math.random } = options;
  const desk = await startDesk();
  const shape: LoadShape = { producers: 4, eventsPerProducer: 10, startMs: Date.now() - LOAD_SPAN_MS };
  const load = startLoad({ url: desk.url, shape, everyMs: 60 });
  const readyMs: Record<(typeof VICTIMS)[number], number[]> = { node: [], postgres: [], both: [] };
  let loadedMs = 0;
  let loadedRows = 0;

  try {
    for (let round = 0; round < rounds; round += 1) {
      const startedMs = performance.now();
      const before = load.answered();
      await load.progress(1, PROGRESS_WITHIN_MS);
      await delay(LEAST_LOAD_MS + random() * (MOST_LOAD_MS - LEAST_LOAD_MS));
      loadedMs += performance.now() - startedMs;
      loadedRows += load.answered() - before;

      const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? 'both';
      const part = POSTGRES_PARTS[Math.floor(random() * POSTGRES_PARTS.length)] ?? 'postmaster';
      const killedMs = performance.now();
      await Promise.all([
        victim === 'postgres' ? undefined : desk.kill(),
        victim === 'node' ? undefined : killPostgres(desk.dataDir, part),
      ]);
      if (victim !== 'postgres') await desk.restart();
      await ready(desk.url, killedMs);
      // A server that has not noticed yet says that it is ready: the next answers tell.
      await load.progress(1, PROGRESS_WITHIN_MS);
      readyMs[victim].push(performance.now() - killedMs);
      if (performance.now() - killedMs > READY_WITHIN_MS)
        throw new Error(`no answer ${READY_WITHIN_MS} ms after ${victim} was killed`);
    }
    await load.progress(2, PROGRESS_WITHIN_MS);
    await load.stop();
    const verdict = await verifyDesk({
      databaseUrl: await postgresUrl(desk.dataDir),
      url: desk.url,
      shape,
      sent: load.sent,
    });
    const faults = [...load.surprises, ...verdict.faults];
    if (faults.length > 0)
      throw new Error(`${faults.length} faults, the first of them:\n${faults.slice(0, 10).join('\n')}`);
    return {
      rounds,
      snapshotsPerSecond: Math.round((loadedRows / loadedMs) * 1_000),
      readyMs: { node: spread(readyMs.node), postgres: spread(readyMs.postgres), both: spread(readyMs.both) },
      refused: load.refused(),
      verdict,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nIts log:\n${desk.log()}`, {
      cause: error,
    });
  } finally {
    await load.stop();
    await desk.dispose();
  }
}

async function ready(url: string, sinceMs: number): Promise<void> {
  for (;;) {
    const status = await fetch(`${url}/readyz`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) break;
    if (performance.now() - sinceMs > READY_WITHIN_MS)
      throw new Error(`not ready ${READY_WITHIN_MS} ms after the kill`);
    await delay(20);
  }
  if (performance.now() - sinceMs > READY_WITHIN_MS)
    throw new Error(`ready only ${Math.round(performance.now() - sinceMs)} ms after the kill`);
}
