import { expect, test } from 'vitest';
import { setup } from './api.fixture.ts';
import { createSharedReads } from './shared-reads.ts';

const SHARE_MS = 250;

function sharedReads() {
  const clock = { nowMs: 0 };
  const reads = createSharedReads({ now: () => clock.nowMs, shareMs: SHARE_MS });
  let made = 0;
  const text = async (key: string): Promise<string> =>
    new TextDecoder().decode((await reads.get(key, async () => (made += 1))).bytes);
  return { clock, reads, text };
}

test('[API220] a read is shared by who asks within a quarter of a second of its beginning, key by key', async () => {
  const { clock, text } = sharedReads();
  expect(await text('a')).toBe('1');
  clock.nowMs = SHARE_MS;
  expect(await text('a')).toBe('1');
  expect(await text('b')).toBe('2');
  clock.nowMs = SHARE_MS + 1;
  expect(await text('a')).toBe('3');
});

test('[API220] however many boards are asked for, few are remembered and each is right', async () => {
  const { clock, text } = sharedReads();
  for (let key = 1; key <= 1_200; key += 1) expect(await text(String(key))).toBe(String(key));
  clock.nowMs = 10 * SHARE_MS;
  expect(await text('1')).toBe('1201');
  expect(await text('1')).toBe('1201');
});

test('[API221] a failed read fails those who waited for it, and the next one reads anew', async () => {
  const { reads, text } = sharedReads();
  const fail = () => Promise.reject(new Error('away'));
  const both = await Promise.allSettled([reads.get('a', fail), reads.get('a', fail)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await text('a')).toBe('1');
});

test('[API220] two spellings of one board are one read, answered 304 to who has it', async () => {
  const { ask, asked } = setup();
  const first = await ask('/api/odds?league=Liga&league=Cup%2C%20Women&market=winner');
  const etag = first.headers.get('etag') ?? '';
  const second = await ask('/api/odds?league=Cup%2C%20Women&league=Liga', { headers: { 'if-none-match': etag } });
  expect([first.status, second.status]).toEqual([200, 304]);
  expect(asked).toEqual([['oddsBoard', { market: 'winner', league: ['Liga', 'Cup, Women'], limit: 50 }]]);
});
