import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Watermark } from '../../contracts/watermark.ts';
import { type Database, openDatabase } from './database.ts';
import { renewEpoch } from './epoch.ts';
import { type TestDatabase, createTestDatabase, runSql } from './test-database.ts';
import { type WakeUp, createWakeUp } from './wake-up.ts';
import { WATERMARK_CHANNEL, parseWatermarkPayload, watermarkPayload } from './watermark-channel.ts';
import { readWatermark } from './watermark.ts';

const NEVER_MS = 3_600_000;

let base: TestDatabase;
let database: Database;
const wakeUps: WakeUp[] = [];

beforeEach(async () => {
  base = await createTestDatabase();
  database = openDatabase({ url: base.url });
});

afterEach(async () => {
  await Promise.all(wakeUps.splice(0).map((wakeUp) => wakeUp.close()));
  await database.close();
  await base.drop();
});

async function start(options: { readonly pollMs: number }) {
  const heard: Watermark[] = [];
  const wakeUp = createWakeUp({
    url: base.url,
    pollMs: options.pollMs,
    onWatermark: (watermark) => void heard.push(watermark),
  });
  wakeUps.push(wakeUp);
  await expect.poll(wakeUp.isConnected).toBe(true);
  return { heard, wakeUp };
}

/** As a writer does: moves the watermark and, when told to, notifies, in one transaction. */
async function move(options: { readonly notify: boolean }): Promise<Watermark> {
  return database.writer.$transaction(async (transaction) => {
    const { epoch, seq } = await transaction.watermark.update({ where: { id: 1 }, data: { seq: { increment: 1 } } });
    const watermark = { epoch, seq: Number(seq) };
    if (options.notify)
      await transaction.$executeRaw`SELECT pg_notify(${WATERMARK_CHANNEL}, ${watermarkPayload(watermark)})`;
    return watermark;
  });
}

test('[DB30] a listener hears where the database stands at once and each notified commit without a poll', async () => {
  const { heard } = await start({ pollMs: NEVER_MS });
  const first = await readWatermark(database.reader);
  expect(heard).toEqual([first]);
  const second = await move({ notify: true });
  await expect.poll(() => heard).toEqual([first, second]);
});

test('[DB31] a commit that notified nobody is heard by the poll', async () => {
  const { heard } = await start({ pollMs: 20 });
  const moved = await move({ notify: false });
  await expect.poll(() => heard.at(-1)).toEqual(moved);
});

test('[DB73] a database that is put back to an earlier state is told until it has another epoch, whatever was notified', async () => {
  const wentBack: Watermark[] = [];
  let polls = 0;
  wakeUps.push(
    createWakeUp({
      url: base.url,
      pollMs: 20,
      onWatermark: () => undefined,
      onOddsVersion: () => void (polls += 1),
      onWentBack: (known) => {
        wentBack.push(known);
        if (wentBack.length === 3) void renewEpoch(database.writer, known);
      },
    }),
  );
  for (let count = 0; count < 3; count += 1) await move({ notify: true });
  const { epoch } = await readWatermark(database.reader);
  await notify(watermarkPayload({ epoch, seq: 1_000 }));
  const polled = polls;
  await expect.poll(() => polls).toBeGreaterThan(polled + 2);
  expect(wentBack).toEqual([]);
  await runSql(base.url, `UPDATE watermark SET seq = 1`);
  await expect.poll(() => readWatermark(database.reader)).not.toMatchObject({ epoch });
  expect(wentBack.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => ({ epoch, seq: 3 })));
});

test('[DB36] each poll tells how far the prices have come, which no notification does', async () => {
  const versions: number[] = [];
  wakeUps.push(
    createWakeUp({
      url: base.url,
      pollMs: 20,
      onWatermark: () => undefined,
      onOddsVersion: ({ oddsVersion }) => void versions.push(oddsVersion),
    }),
  );
  await expect.poll(() => versions.length).toBeGreaterThan(1);
  await runSql(base.url, 'UPDATE watermark SET odds_version = odds_version + 3');
  await expect.poll(() => (versions.at(-1) ?? 0) - (versions[0] ?? 0)).toBe(3);
});

test('[DB32] after a lost connection it listens again and hears what was committed meanwhile', async () => {
  const { heard, wakeUp } = await start({ pollMs: NEVER_MS });
  await runSql(
    base.url,
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'linewatch-wake-up' AND datname = current_database()",
  );
  const missed = await move({ notify: true });
  await expect.poll(() => heard.at(-1)).toEqual(missed);
  await expect.poll(wakeUp.isConnected).toBe(true);
  const next = await move({ notify: true });
  await expect.poll(() => heard.at(-1)).toEqual(next);
});

test('[DB33] within an epoch seq is never heard twice or backwards, and a new epoch is heard whatever its seq', async () => {
  const { heard } = await start({ pollMs: 20 });
  for (let count = 0; count < 20; count += 1) await move({ notify: count % 2 === 0 });
  const { epoch } = await readWatermark(database.reader);
  await notify(watermarkPayload({ epoch, seq: 3 }));
  await notify('nonsense');
  await runSql(base.url, `UPDATE watermark SET epoch = 'restored', seq = 5`);
  await expect.poll(() => heard.at(-1)).toEqual({ epoch: 'restored', seq: 5 });
  const seqs = heard.filter((watermark) => watermark.epoch === epoch).map((watermark) => watermark.seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect(new Set(seqs).size).toBe(seqs.length);
});

async function notify(payload: string): Promise<void> {
  const client = new Client({ connectionString: base.url });
  await client.connect();
  await client.query('SELECT pg_notify($1, $2)', [WATERMARK_CHANNEL, payload]);
  await client.end();
}

test('[DB34] after close nothing is heard and no connection is left', async () => {
  const { heard, wakeUp } = await start({ pollMs: 20 });
  await Promise.all([wakeUp.close(), wakeUp.close()]);
  const count = heard.length;
  await move({ notify: true });
  await expect.poll(countListeners).toBe(0n);
  expect(heard).toHaveLength(count);
});

async function countListeners(): Promise<bigint | undefined> {
  const rows = await database.reader.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'linewatch-wake-up' AND datname = current_database()`;
  return rows[0]?.n;
}

test('[DB35] a payload is read back as it was written, and anything else is no watermark', () => {
  expect(parseWatermarkPayload(watermarkPayload({ epoch: 'a:b', seq: 12 }))).toEqual({ epoch: 'a:b', seq: 12 });
  for (const payload of ['', ':', 'a:', ':1', 'a', 'a:-1', 'a:1.5', 'a:x'])
    expect(parseWatermarkPayload(payload)).toBeUndefined();
});

test('[NOD201] a connection that was made again, and a table of the watermark that is another one, are told', async () => {
  let told = 0;
  const wakeUp = createWakeUp({
    url: base.url,
    pollMs: 20,
    onWatermark: () => undefined,
    onMaybeReplaced: () => (told += 1),
  });
  wakeUps.push(wakeUp);
  await expect.poll(wakeUp.isConnected).toBe(true);
  await runSql(
    base.url,
    `BEGIN; CREATE TABLE dumped AS SELECT * FROM watermark; DROP TABLE watermark;
     ALTER TABLE dumped RENAME TO watermark; COMMIT`,
  );
  await expect.poll(() => told).toBe(1);
  await runSql(
    base.url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'linewatch-wake-up'`,
  );
  await expect.poll(() => told).toBe(2);
});
