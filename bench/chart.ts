// Frame times of the history chart while it is panned and zoomed: `node bench/chart.ts`. Ten books, 14 days of polls
// every 15 minutes, in a real Chromium on the real page, beside the same page's frames when nothing is asked of it.
// Uses no room of the server: it is a process of its own. The browser is the one of the end-to-end tests.
import { cpus, loadavg } from 'node:os';
import { type Page, chromium } from 'playwright';
import { ingestAnswerSchema } from '../contracts/snapshot.ts';
import { findBrowser } from '../e2e/browser.ts';
import { chartHistory } from './chart-history.ts';
import { startServerProcess } from './server-process.ts';

const DAYS = 14;
const STEP_MINUTES = 15;
const LINES_PER_REQUEST = 2_000;
const FRAMES = 240;
/** Each is measured so often, in turns with the reference: the machine has other work too. */
const ROUNDS = 3;

type Gesture = 'reference' | 'pan' | 'zoom';
type Frames = { readonly betweenMs: readonly number[]; readonly workMs: readonly number[] };

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function ingestHistory(url: string): Promise<number> {
  const lines = chartHistory({ nowMs: Date.now(), days: DAYS, stepMinutes: STEP_MINUTES });
  for (let from = 0; from < lines.length; from += LINES_PER_REQUEST) {
    const body = lines
      .slice(from, from + LINES_PER_REQUEST)
      .map((line) => JSON.stringify(line))
      .join('\n');
    const headers = { 'Content-Type': 'application/x-ndjson' };
    const response = await fetch(`${url}/api/ingest/snapshots`, { method: 'POST', headers, body });
    const answer = ingestAnswerSchema.parse(await response.json());
    if (answer.rejectedCount > 0) throw new Error(`ingest refused lines: ${JSON.stringify(answer.rejected[0])}`);
  }
  return lines.length;
}

/**
 * Runs in the page: every frame one gesture is asked for, so that no frame is without its drawing, and the time from
 * frame to frame is taken; `work` is what the page itself did between one frame's first call and its last.
 */
async function frames(page: Page, gesture: Gesture): Promise<Frames> {
  return page.evaluate(
    async ({ gesture, count }) => {
      const over = document.querySelector('.u-over');
      if (!(over instanceof HTMLElement)) throw new Error('expected a chart');
      const box = over.getBoundingClientRect();
      const y = box.top + box.height / 2;
      const pointer = (type: string, x: number): boolean =>
        over.dispatchEvent(
          new PointerEvent(type, { pointerId: 1, pointerType: 'touch', clientX: x, clientY: y, bubbles: true }),
        );
      // A pointer that only a script has cannot be captured.
      over.setPointerCapture = () => {};
      const next = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
      const betweenMs: number[] = [];
      const workMs: number[] = [];
      let x = box.left + box.width / 2;
      if (gesture === 'pan') pointer('pointerdown', x);
      let before = await next();
      for (let frame = 0; frame < count; frame += 1) {
        const isForth = Math.floor(frame / 40) % 2 === 0;
        if (gesture === 'pan') pointer('pointermove', (x += isForth ? 6 : -6));
        if (gesture === 'zoom') {
          const deltaY = isForth ? -24 : 24;
          over.dispatchEvent(
            new WheelEvent('wheel', { deltaY, clientX: x, clientY: y, bubbles: true, cancelable: true }),
          );
        }
        const atMs = await next();
        workMs.push(performance.now() - atMs);
        betweenMs.push(atMs - before);
        before = atMs;
      }
      if (gesture === 'pan') pointer('pointerup', x);
      return { betweenMs, workMs };
    },
    { gesture, count: FRAMES },
  );
}

function at(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

async function run(): Promise<void> {
  const server = await startServerProcess({ OWN_BOOKMAKER: 'draftkings' });
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const lines = await ingestHistory(server.url);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const asked = performance.now();
    const answered = page.waitForResponse((response) => response.url().includes('/history?'));
    await page.goto(`${server.url}/events/1?market=1x2&outcome=1`);
    const bytes = (await (await answered).body()).byteLength;
    await page.getByRole('img', { name: /at 10 books/ }).waitFor();
    const shownMs = performance.now() - asked;
    const { alerts } = await (await fetch(`${server.url}/api/events/1/history?market=1x2&outcome=1`)).json();
    say(
      `${lines.toLocaleString('en-US')} snapshots, ${alerts.length} markers, history of ${Math.round(bytes / 1_000)} kB, page with chart after ${Math.round(shownMs)} ms`,
    );

    // Half of everything is in sight: there is room to pan to, and most points are still drawn.
    await page.getByRole('button', { name: 'Zoom in' }).click();
    const all: Record<Gesture, { betweenMs: number[]; workMs: number[] }> = {
      reference: { betweenMs: [], workMs: [] },
      pan: { betweenMs: [], workMs: [] },
      zoom: { betweenMs: [], workMs: [] },
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const gesture of ['reference', 'pan', 'zoom'] as const) {
        const { betweenMs, workMs } = await frames(page, gesture);
        all[gesture].betweenMs.push(...betweenMs);
        all[gesture].workMs.push(...workMs);
      }
    }
    const load = loadavg()[0]?.toFixed(1) ?? '?';
    process.stdout.write(
      `\n${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${load}, Node ${process.version}\n\n`,
    );
    process.stdout.write(`${'frame times, ms'.padEnd(30)}median    p95    own work: median    p95\n`);
    for (const [gesture, { betweenMs, workMs }] of Object.entries(all)) {
      const name =
        gesture === 'reference'
          ? 'requestAnimationFrame alone'
          : `while it is ${gesture === 'pan' ? 'panned' : 'zoomed'}`;
      const cells = [at(betweenMs, 0.5), at(betweenMs, 0.95), at(workMs, 0.5), at(workMs, 0.95)];
      const [median = '', p95 = '', work = '', workP95 = ''] = cells.map((cell) => cell.toFixed(1));
      process.stdout.write(
        `${name.padEnd(30)}${median.padStart(6)} ${p95.padStart(6)} ${work.padStart(19)} ${workP95.padStart(6)}\n`,
      );
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

await run();
