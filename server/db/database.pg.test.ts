import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { type TestDatabase, createTestDatabase, runSql } from './test-database.ts';

let base: TestDatabase;
let database: Database;

beforeAll(async () => {
  base = await createTestDatabase();
  // A server whose zone is not UTC, as many are.
  await runSql(base.url, `ALTER DATABASE "${base.name}" SET timezone = 'Asia/Kathmandu'`);
  database = openDatabase({ url: base.url });
});

afterAll(async () => {
  await database.close();
  await base.drop();
});

test('[DB1] a fresh database has one watermark row with an epoch and seq 0', async () => {
  const rows = await database.reader.watermark.findMany();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ id: 1, seq: 0n, oddsVersion: 0n, alertTotal: 0n, changesFrom: 0n });
  expect(rows[0]?.epoch).toMatch(/^[0-9a-f-]{36}$/);
});

test('[DB2] an instant is read as it was written whatever the time zone of the server', async () => {
  const lastSeenAt = new Date('2026-03-01T18:30:00.123Z');
  await database.writer.bookmaker.create({ data: { name: 'pinnacle', lastSeenAt } });
  const read = await database.reader.bookmaker.findUniqueOrThrow({ where: { name: 'pinnacle' } });
  expect(read.lastSeenAt).toEqual(lastSeenAt);
});

test('[DB3] a market without a line has one current row per event and bookmaker', async () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const bookmaker = await database.writer.bookmaker.create({ data: { name: 'unique', lastSeenAt: now } });
  const event = await database.writer.event.create({
    data: {
      sourceKey: 'unique',
      home: 'A',
      away: 'B',
      kickoff: now,
      searchText: 'a b',
      createdAt: now,
      league: { create: { sport: 's', country: 'c', name: 'l' } },
    },
  });
  const quote = {
    eventId: event.id,
    bookmakerId: bookmaker.id,
    market: '1x2',
    line: null,
    state: 'open' as const,
    outcomes: [],
    observedAt: now,
    changedAt: now,
  };
  await database.writer.oddsCurrent.create({ data: quote });
  await expect(database.writer.oddsCurrent.create({ data: quote })).rejects.toMatchObject({ code: 'P2002' });
});
