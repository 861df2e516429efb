import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBodyReader } from './body-reader.ts';
import { createSpool } from './spool.ts';

const MINUTE_MS = 60_000;
const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

test('[ING211] a poll ahead of the desk is counted for its bookmaker if that is known, and taken again once the desk is right', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'linewatch-spool-'));
  const ahead: string[] = [];
  let nowMs = NOW_MS;
  const read = createBodyReader({
    spool: createSpool({ directory }),
    now: () => nowMs,
    maxBytes: 1e6,
    maxBookmakers: 10,
    storedBookmakers: async () => ['north'],
    ownBookmaker: () => 'own',
    onHeard: () => undefined,
    onTooFarAhead: (bookmaker) => ahead.push(bookmaker),
  });
  const lines = ['north', 'own', 'invented'].map((bookmaker) =>
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
        { name: 'yes', odds: 2 },
        { name: 'no', odds: 1.8 },
      ],
      suspended: false,
    }),
  );
  const send = async () => {
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
  };

  // The desk's clock is ten minutes slow: to it the feed lies ahead.
  nowMs -= 10 * MINUTE_MS;
  const early = await send();
  expect(early.rejected.map(({ code }) => code)).toEqual(['too_far_ahead', 'too_far_ahead', 'too_far_ahead']);
  expect(early.rejected[0]?.message).toBe(
    't: expected at most 5 minutes after 2026-03-01T11:50:00.000Z, got 2026-03-01T12:00:00.000Z',
  );
  expect(ahead).toEqual(['north', 'own']);
  nowMs += 10 * MINUTE_MS;
  expect(await send()).toMatchObject({ accepted: 3, rejectedCount: 0 });
  await rm(directory, { recursive: true });
});
