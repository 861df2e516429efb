import { alertStatsSchema } from '../../contracts/alert-query.ts';
import { startDesk, steppedClock } from '../desk-server.ts';
import { createMoves, post } from './one-move.ts';
import { watchDesk } from './watching-client.ts';

const HOUR_MS = 3_600_000;
/** A step is seen by the next look at the clock, and told after it. */
const TOLD_WITHIN_MS = 3_000;
const MATCHES = 3;

export type ClockFigures = { readonly forwardMs: number; readonly backMs: number };

/**
 * Steps the wall clock an hour ahead and back again. Kickoffs within the hour pass and come back, each told to a
 * browser that is connected; ingest, keys and the order of seq do not notice.
 */
export async function runClockSteps(): Promise<ClockFigures> {
  const desk = await startDesk(steppedClock);
  const client = await watchDesk(desk.url);
  try {
    // Polled just now; kickoff in half an hour.
    const moves = createMoves({ matches: MATCHES, startMs: Date.now() - HOUR_MS, kickoffMs: Date.now() + HOUR_MS / 2 });
    await desk.ingest(moves.opening);
    const open = moves.next();
    const first = await post(desk.url, open, 'before-the-step');
    if (first.answer?.alerts !== 1) throw new Error('expected one alert before the step');
    await client.levelWith(first.answer.seq, TOLD_WITHIN_MS);

    await desk.stepClock(HOUR_MS);
    const forwardMs = await client.levelWith(first.answer.seq + 1, TOLD_WITHIN_MS);
    await expectStatuses(desk.url, { new: 0, past: 1 });
    const repeated = await post(desk.url, open, 'before-the-step');
    if (repeated.text !== first.text) throw new Error('a repeated body was answered differently an hour later');
    const meanwhile = await post(desk.url, moves.next(), 'an-hour-ahead');
    if (meanwhile.status !== 200) throw new Error(`ingest answered ${meanwhile.status} an hour ahead`);

    const seq = client.view().seq;
    await desk.stepClock(0);
    const backMs = await client.levelWith(Math.max(seq, meanwhile.answer?.seq ?? 0) + 1, TOLD_WITHIN_MS);
    await expectStatuses(desk.url, { new: 2, past: 0 });
    const after = await post(desk.url, moves.next(), 'after-the-step');
    if (after.answer?.alerts !== 1) throw new Error('expected one alert after the step back');
    const ready = await fetch(`${desk.url}/readyz`);
    if (ready.status !== 200) throw new Error(`/readyz answered ${ready.status}`);
    return { forwardMs: Math.round(forwardMs), backMs: Math.round(backMs) };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nIts log:\n${desk.log()}`, {
      cause: error,
    });
  } finally {
    await client.close();
    await desk.dispose();
  }
}

async function expectStatuses(url: string, expected: { readonly new: number; readonly past: number }): Promise<void> {
  const { byStatus } = alertStatsSchema.parse(await (await fetch(`${url}/api/alerts/stats`)).json());
  if (byStatus.new !== expected.new || byStatus.past !== expected.past) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(byStatus)}`);
  }
}
