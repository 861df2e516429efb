import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBodyReader } from './body-reader.ts';
import { createSpool } from './spool.ts';

const MINUTE_MS = 60_000;
const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

let directory: string;
let nowMs: number;
let refused: string[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'linewatch-spool-'));
  nowMs = NOW_MS;
  refused = [];
});
afterEach(() => rm(directory, { recursive: true }));

const openReader = () =>
  createBodyReader({
    spool: createSpool({ directory }),
    now: () => nowMs,
    maxBytes: 1e6,
    maxBookmakers: 10,
    storedBookmakers: async () => ['north'],
    ownBookmaker: () => 'own',
    onHeard: () => undefined,
    onRefused: (bookmaker, reason) => refused.push(`${bookmaker} ${reason}`),
  });

const line = (bookmaker: string, odds: unknown = 2): string =>
  JSON.stringify({
    t: new Date(NOW_MS).toISOString(),
    event: 'e1',
    home: 'A',
    away: 'B',
    league: 'L',
    country: 'C',
    sport: 'soccer',
    kickoff: new Date(NOW_MS + 600 * MINUTE_MS).toISOString(),
    bookmaker,
    market: 'btts',
    line: null,
    outcomes: [
      { name: 'yes', odds },
      { name: 'no', odds: 1.8 },
    ],
    suspended: false,
  });

async function send(read: ReturnType<typeof openReader>, lines: readonly string[]) {
  const body = (async function* () {
    yield Buffer.from(lines.join('\n'));
  })();
  const batch = await read({
    body,
    contentType: 'application/x-ndjson',
    contentEncoding: null,
    idempotencyKey: null,
  });
  await batch.dispose();
  return batch;
}

test('[ING211] a poll ahead of the desk is counted for its bookmaker if that is known, and taken again once the desk is right', async () => {
  const read = openReader();
  const lines = ['north', 'own', 'invented'].map((bookmaker) => line(bookmaker));
  // The desk's clock is ten minutes slow: to it the feed lies ahead.
  nowMs -= 10 * MINUTE_MS;
  const early = await send(read, lines);
  expect(early.rejected.map(({ code }) => code)).toEqual(['too_far_ahead', 'too_far_ahead', 'too_far_ahead']);
  expect(early.rejected[0]?.message).toBe(
    't: expected at most 5 minutes after 2026-03-01T11:50:00.000Z, got 2026-03-01T12:00:00.000Z',
  );
  expect(refused).toEqual(['north too_far_ahead', 'own too_far_ahead']);
  nowMs += 10 * MINUTE_MS;
  expect(await send(read, lines)).toMatchObject({ accepted: 3, rejectedCount: 0 });
});

test('[DET287] odds that no price can be are refused and counted for their bookmaker if that is known; what is no number is only refused', async () => {
  const odds = [0.99, 1, 1001.5, -3];
  const lines = [...odds.map((each) => line('north', each)), line('own', 0), line('invented', 0), line('north', 'two')];
  const batch = await send(openReader(), [...lines, '{"bookmaker":7}', line('north')]);
  expect(batch).toMatchObject({ accepted: 1, rejectedCount: 8 });
  expect(batch.rejected[0]?.message).toBe('outcomes[0].odds: expected number to be >=1.001, got 0.99');
  expect(refused).toEqual([...odds.map(() => 'north impossible_odds'), 'own impossible_odds']);
});
