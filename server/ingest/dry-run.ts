import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, toEnvelope } from '../../contracts/errors.ts';
import type { EventId } from '../../contracts/ids.ts';
import type { Settings } from '../../contracts/settings.ts';
import { MAX_TRY_EVENTS, type TryLine, type TryRequest } from '../../contracts/settings-try.ts';
import { type Detect, emptyEventState } from '../detection/detection.ts';
import { REPLAY_ASSUMPTIONS, pollsOf } from '../detection/history-polls.ts';
import { replayMemory } from '../detection/replay-memory.ts';
import type { StoredHistory } from './stored-history.ts';
import { createTriedAlerts } from './tried-alerts.ts';

const MINUTE_MS = 60_000;
/** Detection works so long at a stretch before others have their turn. */
const TURN_MS = 2;
/** Observations between two looks at the time. */
const OBSERVATIONS_PER_LOOK = 20;
const PROGRESS_EVERY_MS = 250;
/** A try whose caller stopped reading gives way to the next one after this long. */
const MAX_RUN_MS = 10 * MINUTE_MS;
const RETRY_AFTER_SECONDS = 5;
/** Detection begins this much before the range, longer when the settings look back further. */
const LEAST_WARM_UP_MS = 180 * MINUTE_MS;
const MOST_WARM_UP_MS = 48 * 60 * MINUTE_MS;

/**
 * Replays stored history with other settings through the real detection, which is pure, and touches nothing: one
 * match in memory at a time, one try per process, in turns too short to be felt, until it is done or cancelled.
 */
export function createDryRun(options: {
  readonly detect: Detect;
  /** Matches that may have been observed in the range before they began, at most `limit` of them. */
  readonly eventsIn: (
    range: Range,
    eventIds: readonly EventId[] | undefined,
    limit: number,
  ) => Promise<readonly EventId[]>;
  /** Null when the match is not there any more. */
  readonly historyOf: (eventId: EventId, range: Range & { readonly warmUpMs: number }) => Promise<StoredHistory | null>;
  readonly onError: (error: unknown) => void;
}) {
  let running: { readonly stop: AbortController; readonly startedMs: number } | null = null;

  function takeTurn(): AbortController {
    if (running !== null && performance.now() - running.startedMs < MAX_RUN_MS) {
      const message = 'expected no other try to run, one does: settings are tried one after the other';
      throw new AppError('busy', message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    running?.stop.abort();
    const stop = new AbortController();
    running = { stop, startedMs: performance.now() };
    return stop;
  }

  async function* replay(request: TryRequest, signal: AbortSignal): AsyncGenerator<TryLine> {
    const range = { fromMs: Date.parse(request.from), toMs: Date.parse(request.to) };
    const eventIds = await options.eventsIn(range, request.eventIds, MAX_TRY_EVENTS + 1);
    if (eventIds.length > MAX_TRY_EVENTS) {
      throw new AppError(
        'bad_request',
        `expected at most ${MAX_TRY_EVENTS} matches in the range: shorten it, or name some by eventIds`,
      );
    }
    const tried = createTriedAlerts(range);
    const cutEventIds: EventId[] = [];
    let toldMs = performance.now();
    yield { kind: 'progress', done: 0, total: eventIds.length, observations: 0 };
    for (const [done, eventId] of eventIds.entries()) {
      if (signal.aborted) return;
      const history = await options.historyOf(eventId, { ...range, warmUpMs: warmUpMs(request.settings) });
      if (history !== null) {
        tried.addEvent(eventId, history.described);
        tried.addStored(history.stored);
        if (history.isCut) cutEventIds.push(eventId);
        const steps = replayEvent(eventId, history, request.settings, range, tried.fire);
        for await (const observations of inTurns(steps, signal)) tried.count(observations);
      }
      if (performance.now() - toldMs < PROGRESS_EVERY_MS) continue;
      toldMs = performance.now();
      yield { kind: 'progress', done: done + 1, total: eventIds.length, observations: tried.observations() };
    }
    if (signal.aborted) return;
    yield { kind: 'progress', done: eventIds.length, total: eventIds.length, observations: tried.observations() };
    yield { kind: 'result', ...tried.result(), cutEventIds, assumptions: [...REPLAY_ASSUMPTIONS] };
  }

  function* replayEvent(
    eventId: EventId,
    history: StoredHistory,
    settings: Settings,
    { fromMs, toMs }: Range,
    fire: ReturnType<typeof createTriedAlerts>['fire'],
  ): Generator<void> {
    let state = emptyEventState(history.described.kickoffMs);
    // Before its first version nothing is known of a match, and from its kickoff on nothing alerts.
    const firstMs = Math.max(fromMs - warmUpMs(settings), history.versions[0]?.observedAtMs ?? Infinity);
    const range = { fromMs: firstMs, toMs: Math.min(toMs, history.described.kickoffMs) };
    for (const observation of pollsOf({ ...history, ...replayMemory(history.memory) }, range)) {
      const detection = options.detect(state, observation, settings, { eventId });
      state = detection.state;
      for (const finding of detection.findings) fire(eventId, finding, observation.observedAtMs);
      yield;
    }
  }

  return {
    /**
     * The lines of the answer, made as they are asked for. Rejects with `busy` while another try runs and with
     * `bad_request` when there is too much to replay; what fails later is the last line.
     */
    async *run(request: TryRequest, cancel: AbortSignal): AsyncGenerator<TryLine> {
      const stop = takeTurn();
      const signal = AbortSignal.any([cancel, stop.signal]);
      let begun = false;
      try {
        for await (const line of replay(request, signal)) {
          yield line;
          begun = true;
        }
      } catch (error) {
        if (!begun) throw error;
        options.onError(error);
        yield { kind: 'error', ...toEnvelope(error) };
      } finally {
        if (running?.stop === stop) running = null;
      }
    },

    /** Ends the try under way. */
    stop(): Promise<void> {
      running?.stop.abort();
      return Promise.resolve();
    },
  };
}

type Range = { readonly fromMs: number; readonly toMs: number };

/** As far back as any rule in force looks, and a move that opens again in the range may have opened before it. */
function warmUpMs(settings: Settings): number {
  const { lookBackMinutes, coolDownMinutes, overrides } = settings;
  const reaches = [{}, ...overrides.map((override) => override.rules)].map(
    (rules: { lookBackMinutes?: number | undefined; coolDownMinutes?: number | undefined }) =>
      ((rules.lookBackMinutes ?? lookBackMinutes) + (rules.coolDownMinutes ?? coolDownMinutes)) * MINUTE_MS,
  );
  return Math.min(Math.max(LEAST_WARM_UP_MS, ...reaches), MOST_WARM_UP_MS);
}

/** Takes the steps, a few milliseconds at a stretch; gives how many it took each time. Ends early when cancelled. */
async function* inTurns(steps: Iterator<void>, signal: AbortSignal): AsyncGenerator<number> {
  let taken = 0;
  let turnMs = performance.now();
  while (steps.next().done !== true) {
    taken += 1;
    if (taken % OBSERVATIONS_PER_LOOK !== 0 || performance.now() - turnMs < TURN_MS) continue;
    yield taken;
    taken = 0;
    await nextTurn();
    if (signal.aborted) return;
    turnMs = performance.now();
  }
  yield taken;
}
