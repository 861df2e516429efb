import { expect, test } from 'playwright/test';
import { runSql } from '../../server/db/test-database.ts';
import { startDesk } from '../desk-server.ts';
import { CRASH_ROUNDS_PER_DESK, runCrashLoop } from './crash-loop.ts';
import { LOAD_SPAN_MS, type LoadShape } from './known-load.ts';
import { startLoad } from './load.ts';
import { postgresUrl } from './own-postgres.ts';
import { verifyDesk } from './verify.ts';

const LEAST_SNAPSHOTS_PER_SECOND = 1_000;

test('[FLT10] whatever is killed when, all that was answered 200 is there once, and nothing is half there', async () => {
  test.setTimeout(170_000);
  const figures = await runCrashLoop({ rounds: CRASH_ROUNDS_PER_DESK });
  console.log(`crash loop: ${JSON.stringify(figures)}`);
  expect(figures.verdict.faults).toEqual([]);
  expect(figures.snapshotsPerSecond).toBeGreaterThanOrEqual(LEAST_SNAPSHOTS_PER_SECOND);
});

test('[FLT11] the check of what is stored sees each kind of damage', async () => {
  const desk = await startDesk();
  try {
    const shape: LoadShape = { producers: 2, eventsPerProducer: 2, startMs: Date.now() - LOAD_SPAN_MS };
    const load = startLoad({ url: desk.url, shape, everyMs: 10 });
    await load.progress(25, 30_000);
    await load.stop();
    const databaseUrl = await postgresUrl(desk.dataDir);
    const faults = async () => (await verifyDesk({ databaseUrl, url: desk.url, shape, sent: load.sent })).faults;
    expect(await faults()).toEqual([]);

    const someRow = `(SELECT min(id) FROM odds_history)`;
    const damages: readonly [damage: string, repair: string, says: RegExp][] = [
      [
        `CREATE TABLE lost AS SELECT * FROM odds_history WHERE id = ${someRow}; DELETE FROM odds_history WHERE id = ${someRow}`,
        `INSERT INTO odds_history SELECT * FROM lost; DROP TABLE lost`,
        /is half there/,
      ],
      [
        `CREATE TABLE twin AS SELECT * FROM odds_history WHERE id = ${someRow}; UPDATE twin SET id = 1000000; INSERT INTO odds_history SELECT * FROM twin`,
        `DELETE FROM odds_history WHERE id = 1000000; DROP TABLE twin`,
        /more than once/,
      ],
      [
        `CREATE TABLE lost AS SELECT * FROM alert WHERE id = (SELECT min(id) FROM alert); DELETE FROM alert WHERE id = (SELECT id FROM lost)`,
        `INSERT INTO alert SELECT * FROM lost; DROP TABLE lost`,
        /alert_total is/,
      ],
      [
        `UPDATE alert SET seq = seq + 1000000 WHERE id = (SELECT min(id) FROM alert)`,
        `UPDATE alert SET seq = seq - 1000000 WHERE id = (SELECT min(id) FROM alert)`,
        /beyond the watermark/,
      ],
      [
        `CREATE TABLE lost AS SELECT * FROM ingest_batch LIMIT 1; DELETE FROM ingest_batch WHERE key = (SELECT key FROM lost)`,
        `INSERT INTO ingest_batch SELECT * FROM lost; DROP TABLE lost`,
        /do not go together/,
      ],
      [
        `CREATE TABLE lost AS SELECT * FROM detection_state LIMIT 1; DELETE FROM detection_state WHERE (event_id, key) = (SELECT event_id, key FROM lost)`,
        `INSERT INTO detection_state SELECT * FROM lost; DROP TABLE lost`,
        /memory .* is not that/,
      ],
    ];
    for (const [damage, repair, says] of damages) {
      await runSql(databaseUrl, damage);
      expect((await faults()).join('\n')).toMatch(says);
      await runSql(databaseUrl, repair);
      expect(await faults()).toEqual([]);
    }
  } finally {
    await desk.dispose();
  }
});
