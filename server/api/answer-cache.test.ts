import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Watermark } from '../../contracts/watermark.ts';
import { type CachedAnswer, createAnswerCache } from './answer-cache.ts';
import { matchesEtag, normalised, spellingOf } from './cached-answer.ts';

type Answer = Watermark & { readonly text?: string };

function setup(options: { readonly maxBytes?: number } = {}) {
  const world = { known: { epoch: 'a', seq: 1 }, committed: 1, nowMs: 0, kickoffMs: Number.POSITIVE_INFINITY };
  const pending: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  const cache = createAnswerCache({
    watermark: () => world.known,
    validUntilMs: () => world.kickoffMs,
    now: () => world.nowMs,
    ...options,
  });
  const read = () => new Promise<Answer>((resolve, reject) => pending.push({ resolve, reject }));
  return { world, pending, cache, read };
}

const parse = (answer: CachedAnswer): Answer => JSON.parse(new TextDecoder().decode(answer.bytes)) as Answer;
const at = (seq: number): Answer => ({ epoch: 'a', seq });

test('[API21] everybody who asks meanwhile shares one read and gets the same bytes, until the watermark moves', async () => {
  const { world, pending, cache, read } = setup();
  const first = cache.get('k', read);
  const second = cache.get('k', read);
  expect(pending).toHaveLength(1);
  pending[0]?.resolve(at(1));
  expect((await first).bytes).toBe((await second).bytes);
  expect((await cache.get('k', read)).bytes).toBe((await first).bytes);
  expect(pending).toHaveLength(1);
  world.known = at(2);
  expect(cache.peek('k')).toBeNull();
  void cache.get('k', read);
  expect(pending).toHaveLength(2);
});

test('[API22] who comes after a commit does not get an answer that was read before it', async () => {
  const { world, pending, cache, read } = setup();
  const early = cache.get('k', read);
  world.known = at(2);
  const late = cache.get('k', read);
  const later = cache.get('k', read);
  expect(pending).toHaveLength(1);
  pending[0]?.resolve(at(1));
  expect(parse(await early).seq).toBe(1);
  expect(pending).toHaveLength(2);
  pending[1]?.resolve(at(2));
  expect(parse(await late).seq).toBe(2);
  expect((await later).bytes).toBe((await late).bytes);
  expect(pending).toHaveLength(2);
});

test('[API22] an answer newer than what this process knows stands until it knows more', async () => {
  const { world, pending, cache, read } = setup();
  const reading = cache.get('k', read);
  pending[0]?.resolve(at(5));
  await reading;
  world.known = at(5);
  expect(cache.peek('k')).not.toBeNull();
  world.known = at(6);
  expect(cache.peek('k')).toBeNull();
});

test('[API23] an answer ends when the next kickoff passes, and with the epoch', async () => {
  const { world, pending, cache, read } = setup();
  world.kickoffMs = 1_000;
  const reading = cache.get('k', read);
  world.kickoffMs = 9_000;
  pending[0]?.resolve(at(1));
  await reading;
  world.nowMs = 999;
  expect(cache.peek('k')).not.toBeNull();
  world.nowMs = 1_000;
  expect(cache.peek('k')).toBeNull();
  const again = cache.get('k', read);
  pending[1]?.resolve(at(1));
  await again;
  expect(cache.peek('k')).not.toBeNull();
  world.known = { epoch: 'b', seq: 0 };
  expect(cache.peek('k')).toBeNull();
});

test('[API24] a failed read fails those who waited for it and is not kept', async () => {
  const { pending, cache, read } = setup();
  const waiting = [cache.get('k', read), cache.get('k', read)];
  pending[0]?.reject(new Error('away'));
  expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = cache.get('k', read);
  pending[1]?.resolve(at(1));
  expect(parse(await again).seq).toBe(1);
  const broken = cache.get('other', () => {
    throw new Error('at once');
  });
  await expect(broken).rejects.toThrow('at once');
  const after = cache.get('other', read);
  pending[2]?.resolve(at(1));
  await after;
});

test('[API25] the cache holds at most its bytes; what was unused for longest goes first', async () => {
  const { cache } = setup({ maxBytes: 10_000 });
  const answer = async () => ({ ...at(1), text: 'x'.repeat(2_000) });
  for (const key of ['a', 'b', 'c']) await cache.get(key, answer);
  cache.peek('a');
  await cache.get('d', answer);
  expect(['a', 'b', 'c', 'd'].map((key) => cache.peek(key) !== null)).toEqual([true, false, true, true]);
  await cache.get('huge', async () => ({ ...at(1), text: 'x'.repeat(20_000) }));
  expect(cache.peek('huge')).toBeNull();
  expect(cache.size()).toBeLessThanOrEqual(10_000);
});

test('[API22] under any order of commits, requests and reads, nobody who knows seq N is answered below N', async () => {
  const step = fc.constantFrom('commit', 'know', 'ask', 'start', 'finish');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const { world, cache } = setup();
      const reads: { snapshot: number | null; resolve: (answer: Answer) => void }[] = [];
      const read = () => new Promise<Answer>((resolve) => reads.push({ snapshot: null, resolve }));
      const asked: Promise<void>[] = [];
      const settle = () => new Promise((resolve) => setImmediate(resolve));
      const finish = (entry: (typeof reads)[number] | undefined): void =>
        entry?.resolve(at(entry.snapshot ?? world.committed));
      for (const what of steps) {
        if (what === 'commit') world.committed += 1;
        if (what === 'know') world.known = at(world.committed);
        if (what === 'ask') {
          const wanted = world.known.seq;
          asked.push(cache.get('k', read).then((answer) => expect(parse(answer).seq).toBeGreaterThanOrEqual(wanted)));
        }
        if (what === 'start') for (const entry of reads) entry.snapshot ??= world.committed;
        if (what === 'finish') finish(reads.at(-1));
        await settle();
      }
      for (let rounds = 0; rounds < 3; rounds += 1) {
        for (const entry of reads) finish(entry);
        await settle();
      }
      await Promise.all(asked);
    }),
    { numRuns: 100 },
  );
});

test('[API26] the ETag names the bytes: If-None-Match finds it in a list, weak or as a star', async () => {
  const { cache } = setup();
  const { etag } = await cache.get('k', async () => at(1));
  const other = await cache.get('j', async () => ({ ...at(1), text: 'y' }));
  expect(etag).toMatch(/^"[\w-]{27}"$/);
  expect(other.etag).not.toBe(etag);
  for (const header of [etag, `"x", ${etag}`, `W/${etag}`, '*']) expect(matchesEtag(header, etag)).toBe(true);
  for (const header of ['', '"x"', etag.slice(1, -1)]) expect(matchesEtag(header, etag)).toBe(false);
});

test('[API27] one question has one key however it is spelt', () => {
  expect(normalised({ severity: ['b', 'a', 'b'], limit: 50 })).toBe(normalised({ severity: ['a', 'b'], limit: 50 }));
  expect(normalised({ severity: ['a'], limit: 50 })).not.toBe(normalised({ severity: ['a'], limit: 51 }));
  expect(spellingOf('http://localhost:3000/api/alerts?x=http://y/z')).toBe('/api/alerts?x=http://y/z');
});
