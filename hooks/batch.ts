type Waiting<Answer> = {
  readonly resolve: (answer: Answer | null) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * One request for everything that is asked for within the same few milliseconds: rows that appear together ask
 * together. Resolves with null for what the answer does not hold; a failed request fails all that waited for it.
 */
export function createBatch<Id, Answer>(options: {
  readonly fetchMany: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, Answer>>;
  readonly gatherMs: number;
  readonly maxIds: number;
}): (id: Id) => Promise<Answer | null> {
  let waiting = new Map<Id, Waiting<Answer>[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function answer(asked: ReadonlyMap<Id, readonly Waiting<Answer>[]>): Promise<void> {
    try {
      const answers = await options.fetchMany([...asked.keys()]);
      for (const [id, askers] of asked) for (const { resolve } of askers) resolve(answers.get(id) ?? null);
    } catch (error) {
      for (const askers of asked.values()) for (const { reject } of askers) reject(error);
    }
  }

  function send(): void {
    clearTimeout(timer);
    timer = undefined;
    const asked = waiting;
    waiting = new Map();
    void answer(asked); // a failure is told to everybody who waits for it
  }

  return (id) =>
    new Promise((resolve, reject) => {
      const askers = waiting.get(id);
      if (askers === undefined) waiting.set(id, [{ resolve, reject }]);
      else askers.push({ resolve, reject });
      if (waiting.size >= options.maxIds) send();
      else timer ??= setTimeout(send, options.gatherMs);
    });
}
