import { AppError } from '../../contracts/errors.ts';
import { backOffDelay, type RetryLimits } from './back-off.ts';
import { databaseUnavailable, queueFull, shuttingDown } from './refusals.ts';

/** One thing to be written: `rows` and `bytes` are what it weighs against the bounds of the queue. */
export type QueueItem<Payload> = { readonly rows: number; readonly bytes: number; readonly payload: Payload };

export type WriteQueueOptions<Payload, Result> = {
  /**
   * Writes the group in one transaction, all or nothing, and answers one result per payload in the same order.
   * When a connection breaks during COMMIT nobody knows whether it took, so the queue calls again with the same
   * payloads: `commit` must know by their keys what it has already stored, and answer that as it did before.
   */
  readonly commit: (group: readonly Payload[]) => Promise<readonly Result[]>;
  /** Hears every commit once, in commit order. What it throws goes to `onError` and harms nobody. */
  readonly onCommitted: (results: readonly Result[]) => void;
  /** Whether the same commit may succeed later: connection lost, serialization, deadlock, database starting. */
  readonly isTransient: (error: unknown) => boolean;
  /** Bounds over everything that is not settled yet, the group in its transaction included. */
  readonly maxRows: number;
  readonly maxBytes: number;
  /** A group takes waiting items up to this many rows; a single larger item is a group of its own. */
  readonly maxGroupRows: number;
  /** An item that is not in a transaction this long after its push is refused. A running transaction is not. */
  readonly deadlineMs: number;
  readonly retry: RetryLimits;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** From 0 up to, but not including, 1. */
  readonly random?: () => number;
  readonly onError?: (error: unknown, during: WriteQueueFailure) => void;
};

/** `announce`: onCommitted threw. `retry`: a group failed and will be tried again. `isolate`: tried one by one. */
export type WriteQueueFailure = 'announce' | 'retry' | 'isolate';

/** What is not settled yet; `committing` of the `items` are in the transaction that runs now. */
export type WriteQueueDepth = {
  readonly items: number;
  readonly rows: number;
  readonly bytes: number;
  readonly oldestAgeMs: number;
  readonly committing: number;
};

export type WriteQueue<Payload, Result> = {
  /**
   * Resolves with the result once the item is durable. Rejects, with nothing of the item written, with
   * `queue_full` or `shutting_down` at once, with the database's own error when the item itself cannot be
   * written, and with `database_unavailable` at its deadline. After the last one only, a broken connection may
   * hide a commit that took: the caller repeats the push under the same key and gets the first answer.
   *
   * An item larger than the whole queue is taken when the queue is empty, and refused otherwise.
   */
  push(item: QueueItem<Payload>): Promise<Result>;
  depth(): WriteQueueDepth;
  /** Takes nothing more, and resolves when everything taken is settled. A second caller joins the first. */
  close(): Promise<void>;
};

type Entry<Payload, Result> = QueueItem<Payload> & {
  readonly pushedAtMs: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};

type Outcome<Result> =
  | { readonly kind: 'committed'; readonly results: readonly Result[] }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Creates a queue in front of one writer.
 *
 * ```
 *          push                  committed, nothing waits
 *   idle ────────> committing ────────────────────────────> idle
 *                   │  ▲  ▲ └── committed, more waits ──┐
 *        transient  │  │  └─────────────────────────────┘
 *                   ▼  │ delay over
 *               backing off           any other error of a group: its members go back to the head,
 *                                     and the first `alone` of those waiting are committed one by one
 * ```
 *
 * An entry is in `waiting` or in `group`, never in both, and leaves them only by being settled. A failed group
 * returns to the head of `waiting`, so entries stand in the order of their pushes for as long as they live.
 */
export function createWriteQueue<Payload, Result>(
  options: WriteQueueOptions<Payload, Result>,
): WriteQueue<Payload, Result> {
  const { commit, onCommitted, deadlineMs } = options;
  const now = options.now ?? (() => performance.now());
  const random = options.random ?? Math.random;

  const waiting: Entry<Payload, Result>[] = [];
  let group: readonly Entry<Payload, Result>[] = [];
  let alone = 0;
  let rows = 0;
  let bytes = 0;
  let running: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  let deadlineTimer: NodeJS.Timeout | undefined;

  // A logger or a classifier that throws must not end the loop that everybody's writes depend on.
  function report(error: unknown, during: WriteQueueFailure): void {
    try {
      options.onError?.(error, during);
    } catch {
      // There is nobody left to tell.
    }
  }

  function isTransient(error: unknown): boolean {
    try {
      return options.isTransient(error);
    } catch {
      return false;
    }
  }

  const isPast = (entry: Entry<Payload, Result>): boolean => now() - entry.pushedAtMs >= deadlineMs;

  function release(entry: Entry<Payload, Result>): void {
    rows -= entry.rows;
    bytes -= entry.bytes;
    alone = Math.max(0, alone - 1);
  }

  function refuse(entry: Entry<Payload, Result>, error: unknown): void {
    release(entry);
    entry.reject(error);
  }

  // The deadline of the head is the earliest of all, since entries keep the order of their pushes. Without this
  // timer a commit that hangs would hold everybody behind it for as long as it hangs.
  function watchDeadline(): void {
    clearTimeout(deadlineTimer);
    deadlineTimer = undefined;
    const head = waiting[0];
    if (head === undefined) return;
    deadlineTimer = setTimeout(refuseLate, Math.max(1, Math.ceil(head.pushedAtMs + deadlineMs - now())));
  }

  function refuseLate(): void {
    for (let head = waiting[0]; head !== undefined && isPast(head); head = waiting[0]) {
      waiting.shift();
      refuse(head, databaseUnavailable(deadlineMs, options.retry));
    }
    watchDeadline();
  }

  function takeGroup(): readonly Entry<Payload, Result>[] {
    let count = 0;
    let groupRows = 0;
    for (const entry of waiting) {
      const isOver = groupRows + entry.rows > options.maxGroupRows || alone > 0;
      if (count > 0 && isOver) break;
      groupRows += entry.rows;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  async function tryCommit(members: readonly Entry<Payload, Result>[]): Promise<Outcome<Result>> {
    try {
      return { kind: 'committed', results: await commit(members.map((member) => member.payload)) };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  function settle(members: readonly Entry<Payload, Result>[], results: readonly Result[]): void {
    members.forEach((member, index) => {
      release(member);
      // Stored but unanswered: repeating would store nothing new, and guessing an answer would lie.
      if (index < results.length) member.resolve(results[index] as Result);
      else
        member.reject(
          new AppError('internal', `Expected ${members.length} results of a commit, got ${results.length}.`),
        );
    });
  }

  function announce(results: readonly Result[]): void {
    // In an async function a throw and a rejection end at the same place.
    (async () => onCommitted(results))().catch((error: unknown) => report(error, 'announce'));
  }

  /** The delay before the next attempt, or undefined when the next group can go at once. */
  function handleFailure(
    members: readonly Entry<Payload, Result>[],
    error: unknown,
    attempt: number,
  ): number | undefined {
    if (isTransient(error)) {
      report(error, 'retry');
      waiting.unshift(...members);
      refuseLate();
      return backOffDelay(attempt, options.retry, random);
    }
    const [only, ...others] = members;
    if (only !== undefined && others.length === 0) {
      refuse(only, error);
      return undefined;
    }
    report(error, 'isolate');
    waiting.unshift(...members);
    alone = members.length;
    refuseLate();
    return undefined;
  }

  async function run(): Promise<void> {
    let attempt = 0;
    let unannounced: readonly Result[] | undefined;
    while (waiting.length > 0) {
      group = takeGroup();
      watchDeadline();
      // The next transaction is on its way before the last one is announced: while the database works on it,
      // telling a thousand browsers costs the writer nothing.
      const committing = tryCommit(group);
      if (unannounced !== undefined) announce(unannounced);
      unannounced = undefined;
      const outcome = await committing;
      const members = group;
      group = [];
      if (outcome.kind === 'committed') {
        attempt = 0;
        settle(members, outcome.results);
        unannounced = outcome.results;
        continue;
      }
      const delayMs = handleFailure(members, outcome.error, attempt);
      attempt = delayMs === undefined ? 0 : attempt + 1;
      if (delayMs === undefined) continue;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
    if (unannounced !== undefined) announce(unannounced);
  }

  // A push can come after the loop has seen nothing waiting and before `running` is cleared; that push does not
  // start a loop, so the clearing looks again.
  function start(): void {
    if (running !== undefined) return;
    running = run().finally(() => {
      running = undefined;
      if (waiting.length > 0) start();
    });
  }

  function push(item: QueueItem<Payload>): Promise<Result> {
    if (closing !== undefined) return Promise.reject(shuttingDown());
    const isEmpty = waiting.length === 0 && group.length === 0;
    if (!isEmpty && (rows + item.rows > options.maxRows || bytes + item.bytes > options.maxBytes)) {
      return Promise.reject(queueFull(item, depth(), options));
    }
    rows += item.rows;
    bytes += item.bytes;
    return new Promise<Result>((resolve, reject) => {
      waiting.push({ ...item, pushedAtMs: now(), resolve, reject });
      if (waiting.length === 1) watchDeadline();
      start();
    });
  }

  function depth(): WriteQueueDepth {
    const oldest = group[0] ?? waiting[0];
    return {
      items: waiting.length + group.length,
      rows,
      bytes,
      oldestAgeMs: oldest === undefined ? 0 : Math.max(0, now() - oldest.pushedAtMs),
      committing: group.length,
    };
  }

  async function drain(): Promise<void> {
    while (running !== undefined) await running;
  }

  return { push, depth, close: () => (closing ??= drain()) };
}
