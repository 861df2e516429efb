import type { BrowserContext } from 'playwright';
import { createDemoMarket } from '../server/ingest/demo-market.ts';
import { toSnapshot } from '../server/ingest/generated-recording.ts';
import { type DeskServer, startDesk } from './desk-server.ts';

/** A Saturday afternoon, when most matches are near. */
const FROZEN_MS = Date.parse('2026-06-13T15:20:30.000Z');
const OWN_BOOKMAKER = 'harbourline';
const POLL_EVERY_MS = 20_000;
const BUSY_MS = 40 * 60_000;

/** `busy` after forty minutes of the demo's market with its stories; `quiet` after its first look at the prices. */
export type DeskMood = 'busy' | 'quiet';

/** A desk on which it is always the same moment, with the same prices and alerts each time. */
export async function startFrozenDesk(mood: DeskMood): Promise<DeskServer> {
  const startMs = mood === 'quiet' ? FROZEN_MS : FROZEN_MS - BUSY_MS;
  const desk = await startDesk({
    // The channel over which its clock is moved.
    LINEWATCH_FAIL_POINTS: 'parent',
    FROZEN_FROM: new Date(startMs).toISOString(),
    OWN_BOOKMAKER,
    NODE_OPTIONS: `--import=${new URL('frozen-clock.ts', import.meta.url).href}`,
  });
  try {
    const market = createDemoMarket({
      seed: 'screenshots',
      ownBookmaker: OWN_BOOKMAKER,
      startMs,
      stories: mood === 'busy',
    });
    for (let atMs = startMs; atMs <= FROZEN_MS; atMs += POLL_EVERY_MS) {
      await desk.stepClock(atMs - startMs);
      const lines = market.poll(atMs).map(toSnapshot);
      if (lines.length > 0) await desk.ingest(lines);
    }
  } catch (error) {
    await desk.dispose();
    throw error;
  }
  return desk;
}

/** The worst match of a busy desk: its own page, and what opens it in the list. */
export async function worstMatch(desk: DeskServer): Promise<{ readonly event: number; readonly alert: number }> {
  const answer: unknown = await (await fetch(`${desk.url}/api/alerts?status=new&sort=severity&limit=1`)).json();
  const [alert] = (answer as { alerts: { id: number; eventId: number }[] }).alerts;
  if (alert === undefined) throw new Error('expected the frozen desk to have an alert');
  return { event: alert.eventId, alert: alert.id };
}

/** Stops the clocks of every page of this context at the desk's moment: what is drawn is the same at each look. */
export async function freezePages(context: BrowserContext): Promise<void> {
  await context.clock.setFixedTime(FROZEN_MS);
  await context.addInitScript(() => {
    // The desk's time runs on the monotonic clock; a constant one makes every age that of the first look.
    performance.now = () => 60_000;
  });
}
