// What a trader's browser feels: `npm run bench:ui [-- --minutes 5] [--hour 180000] [--alerts 100000] [--equal] [--json]`.
//
// Chromium on the production build, 100,000 alerts stored, 50 announcements a second, each an alert committed by
// ingest. Measured: the first paint with cold caches, five times; a session of scrolling, filtering, searching,
// opening, acknowledging and switching pages (`--minutes`), by the definitions of web-vitals; the tab's heap after an
// hour's worth of announcements (`--hour` alerts, committed as fast as they are taken); a thousand browsers' worth of
// what one browser fetches after an announcement, beside an empty Hono that answers the same bytes. Prints measured
// beside goal and ends with 1 when a goal is missed. Other work on the machine shows: the load average is printed.
// A trader's browser does not share its processors with the server: all but the browser runs at the lowest priority
// (`--equal` leaves it at the browser's).
// Uses the room server/db, and e2e/browser.ts to find the browser.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright';
import { findBrowser } from '../e2e/browser.ts';
import { fillAlertFixture } from '../server/db/alert-fixture.ts';
import { lowerPriority } from './lower-priority.ts';
import { startOwnDatabase } from './own-database.ts';
import { startServerProcess } from './server-process.ts';
import { type Announcer, createAnnouncer } from './ui-feed.ts';
import { measureFirstPaint } from './ui-first-paint.ts';
import { measureHeap } from './ui-heap.ts';
import { measureRefetches } from './ui-refetches.ts';
import { runSession } from './ui-session.ts';
import { type Figure, isMissed, printFigures } from './ui-figures.ts';
import { type MainThread, busiestMainThread } from './ui-waiting.ts';
import { interactionQuantile, interactionToNextPaint, readVitals, watchVitals } from './ui-vitals.ts';

const PER_SECOND = 50;
const MATCHES_OUTSIDE_THE_SESSION = 200;
/** A count or an age that gets a digit more at its left counts as moved; web-vitals calls 0.1 good. */
const MAX_SHIFT = 0.001;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    hour: { type: 'string', default: '180000' },
    alerts: { type: 'string', default: '100000' },
    equal: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const sessionMs = Number(values.minutes) * 60_000;
const hourAlerts = Number(values.hour);
const stored = Number(values.alerts);
if (!(sessionMs > 0 && hourAlerts >= 0 && stored > 0))
  throw new Error('expected --minutes, --hour and --alerts as numbers');

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function firstPaint(browser: Browser, url: string): Promise<Figure[]> {
  const paint = await measureFirstPaint(browser, url);
  for (const each of paint.shifted.slice(0, 5)) say(`  shift ${each}`);
  return [
    {
      what: 'LCP, cold, median of 5',
      measured: paint.medianMs,
      goal: 1_000,
      unit: 'ms',
      reference: `worst ${paint.worstMs.toFixed(0)} ms`,
    },
    {
      what: 'client JavaScript of the first page',
      measured: paint.scriptBytes / 1000,
      goal: 250,
      unit: 'kB gzip',
      reference: `${paint.scripts} files`,
    },
    { what: 'layout shift while opening', measured: paint.layoutShift, goal: MAX_SHIFT, unit: '' },
  ];
}

const waitingWords = (thread: MainThread | null): string =>
  thread === null
    ? 'how long it waited for a processor is not known here'
    : `the page worked ${(thread.ranMs / 1000).toFixed(0)} s and waited ${(thread.waitedMs / 1000).toFixed(0)} s for a processor`;

async function session(browser: Browser, url: string, announcer: Announcer): Promise<Figure[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await watchVitals(context);
  const page = await context.newPage();
  const end = new AbortController();
  const announcing = announcer.announceSteadily(PER_SECOND, end.signal);
  // Read at the end of the session; a failure before that is no unhandled rejection.
  announcing.catch(() => undefined);
  await page.goto(`${url}/risk-monitoring`);
  await page.getByRole('status', { name: 'Connection: Live' }).waitFor();
  const trader = await runSession(page, sessionMs);
  const vitals = await readVitals(page);
  const mainThread = await busiestMainThread(browser);
  end.abort();
  const { alerts, seconds } = await announcing;
  await context.close();
  const worst = [...vitals.longTasks].toSorted((left, right) => right.ms - left.ms);
  const slowest = [...vitals.interactions].toSorted((left, right) => right.ms - left.ms);
  for (const each of worst.slice(0, 10)) say(`  long task ${each.ms.toFixed(0)} ms ${each.what}`);
  for (const each of slowest.slice(0, 10)) say(`  interaction ${each.ms} ms: ${each.what}`);
  for (const each of vitals.shifted.slice(0, 10)) say(`  shift ${each}`);
  for (const each of trader.missed.slice(0, 20)) say(`  missed step: ${each}`);
  return [
    {
      what: 'announced alerts per second',
      measured: alerts / seconds,
      unit: '',
      reference: `to be held: ${PER_SECOND}`,
    },
    {
      what: `interaction p75 of ${vitals.interactionCount}`,
      measured: interactionQuantile(vitals, 0.75),
      goal: 100,
      unit: 'ms',
    },
    {
      what: 'INP of the whole session',
      measured: interactionToNextPaint(vitals),
      goal: 200,
      unit: 'ms',
      reference: '200 ms is what web-vitals calls good',
    },
    {
      what: 'longest task',
      measured: worst[0]?.ms ?? 0,
      goal: 100,
      unit: 'ms',
      reference: `${worst.length} over 50 ms, ${worst.filter(({ ms }) => ms > 100).length} over 100; ${waitingWords(mainThread)}`,
    },
    { what: 'most row nodes', measured: trader.mostRows, goal: 110, unit: '' },
    {
      what: 'layout shift of the session',
      measured: vitals.layoutShift,
      goal: MAX_SHIFT,
      unit: '',
    },
    { what: `steps missed of ${trader.steps}`, measured: trader.missed.length, goal: 0, unit: '' },
  ];
}

async function heap(browser: Browser, url: string): Promise<Figure[]> {
  if (hourAlerts === 0) return [];
  const grown = await measureHeap(browser, url, hourAlerts);
  say(`  heap on the way: ${grown.onTheWayMb.map((mb) => mb.toFixed(1)).join(', ')} MB`);
  return [
    {
      what: `heap over ${grown.announced} announced alerts, its last three tenths to its first three`,
      measured: (grown.afterMb / grown.beforeMb - 1) * 100,
      goal: 10,
      unit: '%',
      reference: `${grown.openedMb.toFixed(1)} MB when opened, then ${grown.beforeMb.toFixed(1)} to ${grown.afterMb.toFixed(1)} MB, ${grown.messages} messages in ${grown.seconds.toFixed(0)} s`,
    },
  ];
}

async function refetches(browser: Browser, url: string, announcer: Announcer): Promise<Figure[]> {
  const served = await measureRefetches(browser, url, announcer);
  for (const path of served.paths) say(`  refetched: ${path}`);
  return [
    {
      what: `${served.browsers} browsers' refetches (${served.paths.length} each, ${(served.bytes / 1000).toFixed(0)} kB)`,
      measured: served.servedMs,
      goal: 500,
      unit: 'ms',
      reference: `bare Hono ${served.referenceMs.toFixed(0)} ms; slowest round ${served.slowestRoundMs.toFixed(0)} ms`,
    },
  ];
}

const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: findBrowser(), args });
// Database and server are started after this, and inherit it.
const restorePriority = values.equal ? undefined : await lowerPriority();
say(`storing ${stored} alerts …`);
const own = await startOwnDatabase().catch(async (error: unknown) => {
  await restorePriority?.();
  throw error;
});
const figures: Figure[] = [];
const loadAtFirst = loadavg()[0] ?? NaN;
try {
  await fillAlertFixture(own.url, {
    alerts: stored,
    events: Math.ceil(stored / 25),
    openPart: 0.1,
    acknowledgedPart: 0.3,
    historyPerQuote: 1,
    nowMs: Date.now(),
  });
  const server = await startServerProcess({
    DATABASE_URL: own.url,
    NODE_ENV: 'production',
    OWN_BOOKMAKER: 'draftkings',
  });
  try {
    const announcer = await createAnnouncer(
      server.url,
      Math.ceil((sessionMs / 1000) * PER_SECOND * 1.5) + MATCHES_OUTSIDE_THE_SESSION,
    );
    say('first paint …');
    figures.push(...(await firstPaint(browser, server.url)));
    say(`a session of ${values.minutes} minutes under ${PER_SECOND} announcements a second …`);
    figures.push(...(await session(browser, server.url, announcer)));
    say('refetches of a thousand browsers …');
    figures.push(...(await refetches(browser, server.url, announcer)));
    say('an hour of announcements …');
    figures.push(...(await heap(browser, server.url)));
  } finally {
    await server.stop();
  }
} finally {
  await browser.close();
  await own.stop();
  await restorePriority?.();
}
const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}, load ${loadAtFirst.toFixed(1)} before and ${(loadavg()[0] ?? NaN).toFixed(1)} after`;
if (values.json) process.stdout.write(`${JSON.stringify({ machine, figures }, null, 2)}\n`);
else printFigures(machine, figures);
process.exitCode = figures.some(isMissed) ? 1 : 0;
