import { openDatabase } from '../server/db/database.ts';
import { startOwnDatabase } from './own-database.ts';

const ROWS_PER_STATEMENT = 1_000;
const STATEMENTS = 40;

/**
 * Rows per second that Prisma's `createMany` appends to the price history, one transaction of 1,000 rows after
 * the other, with nothing parsed, detected or updated: what a straightforward writer would reach at best.
 */
export async function runInsertReference(): Promise<{ readonly rowsPerSecond: number }> {
  const own = await startOwnDatabase();
  const database = openDatabase({ url: own.url });
  try {
    const now = new Date();
    const league = await database.writer.league.create({
      data: { sport: 'soccer', country: 'Benchland', name: 'League' },
    });
    const event = await database.writer.event.create({
      data: {
        sourceKey: 'e',
        leagueId: league.id,
        home: 'H',
        away: 'A',
        kickoff: now,
        searchText: 'h a',
        createdAt: now,
      },
    });
    const bookmaker = await database.writer.bookmaker.create({ data: { name: 'book', lastSeenAt: now } });
    const outcomes = [
      ['1', 2_000, 0],
      ['X', 2_400, 0],
      ['2', 2_800, 0],
    ];
    const state = 'open' as const;
    const quote = await database.writer.oddsCurrent.create({
      data: {
        eventId: event.id,
        bookmakerId: bookmaker.id,
        market: '1x2',
        state,
        outcomes,
        observedAt: now,
        changedAt: now,
      },
    });
    const data = Array.from({ length: ROWS_PER_STATEMENT }, () => ({
      quoteId: quote.id,
      observedAt: now,
      state,
      outcomes,
    }));
    await database.writer.oddsHistory.createMany({ data });
    const startedMs = performance.now();
    for (let statement = 0; statement < STATEMENTS; statement += 1)
      await database.writer.oddsHistory.createMany({ data });
    return { rowsPerSecond: (ROWS_PER_STATEMENT * STATEMENTS) / ((performance.now() - startedMs) / 1_000) };
  } finally {
    await database.close();
    await own.stop();
  }
}
