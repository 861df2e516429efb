import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError, errorCode } from '../../contracts/errors.ts';
import { createWriteQueue, type WriteQueueFailure } from './write-queue.ts';

const TRANSIENT = new Error('connection lost');
const POISON = new Error('value out of range');

type Deferred = { readonly group: readonly string[]; resolve(): void; reject(error: unknown): void };

/** A writer whose every commit is settled by the test. */
function setup(changed: Partial<Parameters<typeof createWriteQueue<string, string>>[0]> = {}) {
  const commits: Deferred[] = [];
  const announced: string[][] = [];
  const failures: WriteQueueFailure[] = [];
  const queue = createWriteQueue<string, string>({
    commit: (group) =>
      new Promise((resolve, reject) => {
        commits.push({ group, resolve: () => resolve(group.map((payload) => `${payload} stored`)), reject });
      }),
    onCommitted: (results) => void announced.push([...results]),
    isTransient: (error) => error === TRANSIENT,
    maxRows: 10,
    maxBytes: 1_000,
    maxGroupRows: 5,
    deadlineMs: 1_000,
    retry: { firstDelayMs: 100, maxDelayMs: 400 },
    now: () => Date.now(),
    random: () => 1,
    onError: (_error, during) => void failures.push(during),
    ...changed,
  });
  const push = (payload: string, rows = 1, bytes = 10): Promise<string> => {
    const pushed = queue.push({ rows, bytes, payload });
    // Tests look at a refusal when its time has come; until then it is not an unhandled one.
    pushed.catch(() => {});
    return pushed;
  };
  const commitAt = (index: number): Deferred => {
    const commit = commits[index];
    if (commit === undefined) throw new Error(`expected commit ${index}, got ${commits.length} commits`);
    return commit;
  };
  return { queue, push, commits, commitAt, announced, failures };
}

const settled = async (promises: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(promises)).map((outcome) =>
    outcome.status === 'fulfilled'
      ? 'stored'
      : outcome.reason instanceof AppError
        ? errorCode(outcome.reason)
        : 'own error',
  );
const turn = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

describe('group commit', () => {
  test('[WQ1] a push resolves with its own result, and only after its commit', async () => {
    const { push, commitAt } = setup();
    let isStored = false;
    const first = push('a').then((result) => ((isStored = true), result));
    await turn();
    expect(isStored).toBe(false);
    commitAt(0).resolve();
    expect(await first).toBe('a stored');
  });

  test('[WQ2] while one group commits the next one grows, in order, up to the rows of a group', async () => {
    const { push, commits, commitAt } = setup();
    const all = ['a', 'b', 'c', 'd'].map((payload) => push(payload, 2));
    expect(commits.map((commit) => commit.group)).toEqual([['a']]);
    commitAt(0).resolve();
    await turn();
    expect(commitAt(1).group).toEqual(['b', 'c']);
    commitAt(1).resolve();
    await turn();
    expect(commitAt(2).group).toEqual(['d']);
    commitAt(2).resolve();
    expect(await settled(all)).toEqual(['stored', 'stored', 'stored', 'stored']);
  });

  test('[WQ3] every commit is announced once, in order, after the next one is on its way', async () => {
    const order: string[] = [];
    const { push, queue } = setup({
      commit: async (group) => {
        order.push(`commit ${group.join()}`);
        return [...group];
      },
      onCommitted: (results) => void order.push(`announce ${results.join()}`),
    });
    await Promise.all([push('a'), push('b'), push('c')]);
    await queue.close();
    expect(order).toEqual(['commit a', 'commit b,c', 'announce a', 'announce b,c']);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('emit failed');
      },
    ],
    ['rejects', () => Promise.reject(new Error('emit failed'))],
  ])(
    '[WQ4] an announcement that %s is reported and harms neither this commit nor the next',
    async (_how, onCommitted) => {
      const { push, queue, failures } = setup({ commit: async (group) => [...group], onCommitted });
      expect(await settled([push('a'), push('b')])).toEqual(['stored', 'stored']);
      await queue.close();
      expect(failures).toEqual(['announce', 'announce']);
    },
  );

  test('[WQ17] a push made in the very turn in which the last one resolved is not left lying', async () => {
    const { push, queue } = setup({ commit: async (group) => [...group] });
    expect(await push('a').then(() => push('b'))).toBe('b');
    await queue.close();
  });
});

describe('bounds', () => {
  test.each([
    ['rows', 8, 10, 3, 10],
    ['bytes', 1, 900, 1, 101],
  ])(
    '[WQ5] a push over the bound of %s is refused with a time to come back, what waits stays',
    async (_name, rows, bytes, moreRows, moreBytes) => {
      const { push, queue, commitAt } = setup();
      const first = push('a', rows, bytes);
      await vi.advanceTimersByTimeAsync(500);
      await expect(push('b', moreRows, moreBytes)).rejects.toMatchObject({ code: 'queue_full', retryAfterSeconds: 1 });
      expect(queue.depth()).toEqual({ items: 1, rows, bytes, oldestAgeMs: 500, committing: 1 });
      commitAt(0).resolve();
      expect(await settled([first])).toEqual(['stored']);
      expect(queue.depth()).toEqual({ items: 0, rows: 0, bytes: 0, oldestAgeMs: 0, committing: 0 });
    },
  );

  test('[WQ6] an item larger than the whole queue is taken when the queue is empty and refused otherwise', async () => {
    const { push, commitAt } = setup();
    const large = push('large', 50);
    await expect(push('small')).rejects.toMatchObject({ code: 'queue_full' });
    commitAt(0).resolve();
    await large;
    const small = push('small');
    await expect(push('large', 50)).rejects.toMatchObject({ code: 'queue_full' });
    commitAt(1).resolve();
    expect(await settled([small])).toEqual(['stored']);
  });
});

describe('failures', () => {
  test('[WQ7] a transient error is retried with growing delays, and nobody overtakes', async () => {
    const { push, commits, commitAt, failures } = setup();
    const all = [push('a')];
    commitAt(0).reject(TRANSIENT);
    await turn();
    all.push(push('b'));
    await vi.advanceTimersByTimeAsync(99);
    expect(commits).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(commitAt(1).group).toEqual(['a', 'b']);
    commitAt(1).reject(TRANSIENT);
    await vi.advanceTimersByTimeAsync(199);
    expect(commits).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    commitAt(2).resolve();
    expect(await settled(all)).toEqual(['stored', 'stored']);
    expect(failures).toEqual(['retry', 'retry']);
  });

  test('[WQ8] at its deadline an item is refused as database_unavailable, also behind a commit that hangs', async () => {
    const { push, queue, commitAt } = setup();
    const hanging = push('a');
    const behind = push('b');
    const refusal = behind.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(999);
    expect(queue.depth().items).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await refusal).toMatchObject({ code: 'database_unavailable', retryAfterSeconds: 1 });
    expect(queue.depth()).toMatchObject({ items: 1, committing: 1 });
    // Its outcome is not known yet, so the one in the transaction is neither stored nor refused.
    commitAt(0).reject(TRANSIENT);
    expect(await settled([hanging])).toEqual(['database_unavailable']);
    await vi.advanceTimersByTimeAsync(400);
  });

  test('[WQ9] a group that fails for good is tried one by one, and only the poison one is refused, with its error', async () => {
    const written: string[][] = [];
    const { push, failures, announced, queue } = setup({
      commit: async (group) => {
        if (group.includes('poison')) throw POISON;
        written.push([...group]);
        return [...group];
      },
    });
    const all = ['first', 'a', 'poison', 'b', 'c'].map((payload) => push(payload));
    expect(await settled(all)).toEqual(['stored', 'stored', 'own error', 'stored', 'stored']);
    await expect(all[2]).rejects.toBe(POISON);
    await queue.close();
    expect(written).toEqual([['first'], ['a'], ['b'], ['c']]);
    expect(announced).toEqual(written);
    expect(failures).toEqual(['isolate']);
  });

  test('[WQ10] a member tried alone that meets a transient error stays alone', async () => {
    const { push, commitAt } = setup();
    const all = ['first', 'a', 'poison', 'b'].map((payload) => push(payload));
    commitAt(0).resolve();
    await turn();
    commitAt(1).reject(POISON);
    await turn();
    commitAt(2).reject(TRANSIENT);
    await vi.advanceTimersByTimeAsync(100);
    expect(commitAt(3).group).toEqual(['a']);
    commitAt(3).resolve();
    await turn();
    expect(commitAt(4).group).toEqual(['poison']);
    commitAt(4).reject(POISON);
    await turn();
    expect(commitAt(5).group).toEqual(['b']);
    commitAt(5).resolve();
    expect(await settled(all)).toEqual(['stored', 'stored', 'own error', 'stored']);
  });

  test('[WQ11] a commit that answers too few results is an error of the items without one, not a second write', async () => {
    const { push, commits } = setup({ commit: async (group) => group.slice(0, 1) });
    const all = [push('first'), push('a'), push('b')];
    expect(await settled(all)).toEqual(['stored', 'stored', 'internal']);
    expect(commits).toEqual([]);
  });

  test('[WQ12] a logger and a classifier that throw do not stop the writer', async () => {
    const broken = (): never => {
      throw new Error('broken');
    };
    let attempts = 0;
    const { push } = setup({
      commit: async (group) => {
        attempts += 1;
        if (attempts === 1) throw POISON;
        return [...group];
      },
      isTransient: broken,
      onError: broken,
    });
    expect(await settled([push('a')])).toEqual(['own error']);
    expect(await settled([push('b')])).toEqual(['stored']);
  });
});

describe('closing', () => {
  test('[WQ13] close settles everything taken, refuses what comes later, and a second caller joins the first', async () => {
    const { queue, push, commitAt } = setup();
    const all = [push('a'), push('b')];
    let isClosed = false;
    const closing = queue.close().then(() => (isClosed = true));
    expect(queue.close()).toBe(queue.close());
    await expect(push('late')).rejects.toMatchObject({ code: 'shutting_down' });
    commitAt(0).resolve();
    await turn();
    expect(isClosed).toBe(false);
    commitAt(1).resolve();
    await closing;
    expect(await settled(all)).toEqual(['stored', 'stored']);
  });

  test('[WQ14] close ends also when the database stays away: at the deadline', async () => {
    const { queue, push } = setup({ commit: () => Promise.reject(TRANSIENT) });
    const outcome = settled([push('a'), push('b')]);
    const closing = queue.close();
    await vi.advanceTimersByTimeAsync(1_500);
    await closing;
    expect(await outcome).toEqual(['database_unavailable', 'database_unavailable']);
  });
});
