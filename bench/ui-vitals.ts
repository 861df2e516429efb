import type { BrowserContext, Page } from 'playwright';

type Slow = { readonly ms: number; readonly what: string };

/** What the page's observers have seen since it was opened. */
export type Vitals = {
  readonly largestPaintMs: number;
  /** Duration of each interaction that took 16 ms and more, in the order of their beginning. */
  readonly interactions: readonly Slow[];
  /** Interactions, quick ones included. */
  readonly interactionCount: number;
  readonly longTasks: readonly Slow[];
  /** Cumulative Layout Shift: the worst window of shifts that follow one another. */
  readonly layoutShift: number;
  readonly shifted: readonly string[];
};

type EventTiming = PerformanceEntry & { readonly interactionId: number; readonly target: Node | null };
type Shift = PerformanceEntry & {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
};
type Script = { readonly invoker: string; readonly duration: number; readonly sourceFunctionName: string };
type Frame = PerformanceEntry & { readonly scripts: readonly Script[] };
type Store = {
  largestPaintMs: number;
  interactions: Map<number, Slow>;
  longTasks: Slow[];
  frames: { startMs: number; endMs: number; what: string }[];
  shifts: { atMs: number; value: number; what: string }[];
};

/** Runs in the page, before any of its scripts: the entries that web-vitals reads, by the same definitions. */
function observe(): void {
  const store: Store = {
    largestPaintMs: 0,
    interactions: new Map(),
    longTasks: [],
    frames: [],
    shifts: [],
  };
  Object.assign(globalThis, { linewatchVitals: store });
  const nameOf = (node: Node | null): string => {
    const element = node instanceof Element ? node : (node?.parentElement ?? null);
    return element === null
      ? 'gone'
      : `${element.tagName.toLowerCase()} ${(element.getAttribute('aria-label') ?? element.textContent).slice(0, 40)}`;
  };
  function watch(type: string, take: (entry: PerformanceEntry) => void, extra: object = {}): void {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true, ...extra });
  }
  watch('largest-contentful-paint', (entry) => (store.largestPaintMs = entry.startTime));
  watch(
    'event',
    (entry) => {
      const { interactionId, duration, name, target } = entry as EventTiming;
      if (interactionId === 0) return;
      const known = store.interactions.get(interactionId)?.ms ?? 0;
      if (duration > known)
        store.interactions.set(interactionId, { ms: duration, what: `${name} on ${nameOf(target)}` });
    },
    { durationThreshold: 16 },
  );
  watch('longtask', (entry) => store.longTasks.push({ ms: entry.duration, what: String(Math.round(entry.startTime)) }));
  watch('long-animation-frame', (entry) => {
    const [worst] = (entry as Frame).scripts.toSorted((left, right) => right.duration - left.duration);
    const what =
      worst === undefined ? 'no script: style, layout, paint' : `${worst.invoker} ${worst.sourceFunctionName}`;
    store.frames.push({ startMs: entry.startTime, endMs: entry.startTime + entry.duration, what });
  });
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput, sources } = entry as Shift;
    if (hadRecentInput) return;
    const what = sources.map(({ node }) => nameOf(node)).join(', ');
    store.shifts.push({ atMs: entry.startTime, value, what });
  });
}

/** Makes every page of this context keep its vitals. */
export const watchVitals = (context: BrowserContext): Promise<unknown> => context.addInitScript(observe);

/** What the page has kept so far. */
export function readVitals(page: Page): Promise<Vitals> {
  return page.evaluate(() => {
    const store = (globalThis as unknown as { linewatchVitals: Store }).linewatchVitals;
    /** web-vitals: a window ends where nothing shifts for a second, and after five. */
    function worstWindow(shifts: Store['shifts']): number {
      let [sum, worst, beganMs, lastMs] = [0, 0, -Infinity, -Infinity];
      for (const { atMs, value } of shifts) {
        if (atMs - lastMs >= 1_000 || atMs - beganMs >= 5_000) [sum, beganMs] = [0, atMs];
        sum += value;
        lastMs = atMs;
        worst = Math.max(worst, sum);
      }
      return worst;
    }
    const frameAt = (startMs: number): string =>
      store.frames.find((frame) => frame.startMs <= startMs + 1 && startMs < frame.endMs)?.what ?? 'unknown';
    return {
      largestPaintMs: store.largestPaintMs,
      interactions: [...store.interactions.values()],
      interactionCount: (performance as unknown as { interactionCount: number }).interactionCount,
      longTasks: store.longTasks.map(({ ms, what }) => ({ ms, what: `at ${what} ms: ${frameAt(Number(what))}` })),
      layoutShift: worstWindow(store.shifts),
      shifted: store.shifts
        .toSorted((left, right) => right.value - left.value)
        .map(({ atMs, value, what }) => `${value.toFixed(5)} at ${Math.round(atMs)} ms: ${what}`),
    };
  });
}

/**
 * The duration at this quantile of all interactions. Those below 16 ms, which browsers do not report one by one,
 * count as 16.
 */
export function interactionQuantile({ interactions, interactionCount }: Vitals, quantile: number): number {
  const reported = interactions.map(({ ms }) => ms);
  const quick = Array.from({ length: Math.max(0, interactionCount - reported.length) }, () => 16);
  const all = [...quick, ...reported].toSorted((left, right) => left - right);
  return all[Math.min(all.length - 1, Math.floor(all.length * quantile))] ?? 0;
}

/** Interaction to Next Paint of one visit, as web-vitals has it: the worst, leaving out one for every fifty. */
export function interactionToNextPaint({ interactions, interactionCount }: Vitals): number {
  const worstFirst = interactions.map(({ ms }) => ms).toSorted((left, right) => right - left);
  return worstFirst[Math.min(worstFirst.length - 1, Math.floor(interactionCount / 50))] ?? 0;
}
