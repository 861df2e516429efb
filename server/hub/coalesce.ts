export type CoalescerOptions<Change> = {
  /** One change that says all that both say. */
  readonly merge: (earlier: Change, later: Change) => Change;
  /** A change whose sending rejects is kept, merged with what came since, and sent again after `retryMs`. */
  readonly send: (change: Change) => void | Promise<void>;
  /** From the end of one send to the start of the next; a function is asked after each send. */
  readonly minGapMs: number | (() => number);
  readonly retryMs: number;
  readonly onError?: (error: unknown) => void;
};

export type Coalescer<Change> = {
  /** Sends at once when the last send is long enough ago; otherwise the change is merged into the next send. */
  push(change: Change): void;
  /** Sends once more what waits, without the gap and without a retry, and takes nothing after. */
  close(): Promise<void>;
};

/**
 * Creates a coalescer: the leading edge at once, then one send per gap, and nothing lost between.
 *
 * ```
 *   idle ──push──> sending ──sent──> resting ──gap over, nothing pending──> idle
 *                     ▲  └──failed──> resting (retry, change pending again)
 *                     └───────────────── gap over, something pending
 * ```
 *
 * In `sending` and `resting` a push only grows `pending`. The gap runs from the end of a send: were it measured
 * from the start, two sends of which the first waited for the database would leave right after one another.
 */
export function createCoalescer<Change>(options: CoalescerOptions<Change>): Coalescer<Change> {
  let state: 'idle' | 'sending' | 'resting' | 'closed' = 'idle';
  let pending: { readonly change: Change } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  const gapMs = (): number => (typeof options.minGapMs === 'number' ? options.minGapMs : options.minGapMs());

  function keep(earlier: Change): void {
    pending = { change: pending === undefined ? earlier : options.merge(earlier, pending.change) };
  }

  async function send(change: Change): Promise<'sent' | 'failed'> {
    try {
      await options.send(change);
      return 'sent';
    } catch (error) {
      options.onError?.(error);
      keep(change);
      return 'failed';
    }
  }

  async function sendThenRest(change: Change): Promise<void> {
    state = 'sending';
    const outcome = await send(change);
    if (closing !== undefined) return;
    state = 'resting';
    timer = setTimeout(wake, outcome === 'sent' ? gapMs() : options.retryMs);
  }

  function wake(): void {
    state = 'idle';
    if (pending === undefined) return;
    const { change } = pending;
    pending = undefined;
    sending = sendThenRest(change);
  }

  function push(change: Change): void {
    if (state === 'closed') return;
    pending = { change: pending === undefined ? change : options.merge(pending.change, change) };
    if (state === 'idle') wake();
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    await sending;
    state = 'closed';
    if (pending !== undefined) await send(pending.change);
    pending = undefined;
  }

  return { push, close: () => (closing ??= flush()) };
}
