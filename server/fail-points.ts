import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../contracts/errors.ts';

/** Where a writer can be stopped: around the alerts of a transaction, around its COMMIT, around its announcement. */
export const FAIL_POINTS = [
  'before_alerts',
  'after_alerts',
  'before_commit',
  'after_commit',
  'before_emit',
  'after_emit',
] as const;
export type FailPoint = (typeof FAIL_POINTS)[number];

/**
 * What happens there, once: `throw` an error that no repetition mends, `break` as a lost connection would,
 * `kill` this process with SIGKILL, `delay` it. `skip` lets so many pass first.
 */
export const failOrderSchema = z.object({
  failPoint: z.enum(FAIL_POINTS),
  action: z.enum(['throw', 'break', 'kill', 'delay']),
  skip: z.int().nonnegative().default(0),
  delayMs: z.int().nonnegative().max(600_000).default(0),
});
export type FailOrder = z.input<typeof failOrderSchema>;

/** What the parent hears: an order was taken, or its moment came. */
export type FailReport = { readonly armed: FailPoint } | { readonly reached: FailPoint };

type Channel = {
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly send: (report: FailReport) => void;
  readonly kill: () => void;
};

export type FailPoints = {
  readonly reach: (point: FailPoint) => Promise<void>;
  /** The announcement of a commit between its two points. */
  readonly aroundEmit: <Commit>(emit: (commit: Commit) => void) => (commit: Commit) => Promise<void>;
};

/**
 * Fail-points for the fault tests, armed over the channel to the parent process; undefined, so that nothing asks
 * for them and nothing is paid, unless `LINEWATCH_FAIL_POINTS` says `parent`. Throws `bad_config` for another
 * value, or without a parent: a desk that could be told to fail by accident must not start.
 */
export function openFailPoints(setting: string | undefined, channel: Channel | undefined): FailPoints | undefined {
  if (setting === undefined || setting === '') return undefined;
  if (setting !== 'parent' || channel === undefined) {
    throw new AppError(
      'bad_config',
      `LINEWATCH_FAIL_POINTS: expected it unset, or "parent" below a process that tests, got "${setting}"`,
    );
  }
  const parent = channel;
  const orders = new Map<FailPoint, z.output<typeof failOrderSchema>>();
  parent.onMessage((message) => {
    const order = failOrderSchema.safeParse(message);
    if (!order.success) return;
    orders.set(order.data.failPoint, order.data);
    parent.send({ armed: order.data.failPoint });
  });

  async function reach(point: FailPoint): Promise<void> {
    const order = orders.get(point);
    if (order === undefined) return;
    if (order.skip > 0) {
      orders.set(point, { ...order, skip: order.skip - 1 });
      return;
    }
    orders.delete(point);
    parent.send({ reached: point });
    switch (order.action) {
      case 'throw':
        throw new Error(`fail-point ${point}`);
      case 'break':
        throw Object.assign(new Error(`fail-point ${point}`), { code: 'ECONNRESET' });
      case 'kill':
        parent.kill();
        return;
      case 'delay':
        await delay(order.delayMs);
    }
  }

  return {
    reach,
    aroundEmit: (emit) => async (commit) => {
      await reach('before_emit');
      emit(commit);
      await reach('after_emit');
    },
  };
}

/** The channel to the process that started this one, if it keeps one. */
export function parentChannel(): Channel | undefined {
  if (process.send === undefined) return undefined;
  return {
    onMessage: (listener) => {
      process.on('message', listener);
      // A test that ends must not leave its desk behind.
      process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
    },
    send: (report) => void process.send?.(report),
    kill: () => void process.kill(process.pid, 'SIGKILL'),
  };
}
