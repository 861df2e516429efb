import { expect, test } from 'playwright/test';
import { errorEnvelopeSchema } from '../../contracts/error-envelope.ts';
import { runSql } from '../../server/db/test-database.ts';
import { startDesk } from '../desk-server.ts';
import { createMoves, post } from './one-move.ts';
import { postgresUrl } from './own-postgres.ts';
import { readStoredDesk } from './stored-state.ts';

const BODIES = 30;
const POISON = 7;

test('[FLT15] of bodies that are committed together only the one that the database refuses is refused, as a 422', async () => {
  const desk = await startDesk({ LINEWATCH_FAIL_POINTS: 'parent' });
  try {
    const moves = createMoves({ matches: BODIES, startMs: Date.now() - 3_600_000 });
    await desk.ingest(moves.opening);
    const databaseUrl = await postgresUrl(desk.dataDir);
    await runSql(databaseUrl, `ALTER TABLE event ADD CONSTRAINT no_poison CHECK (home <> 'Poison United')`);

    // While the first commit is held up, the others gather into one group behind it.
    await desk.arm({ failPoint: 'before_commit', action: 'delay', delayMs: 1_000 });
    const held = post(desk.url, [], 'holds-the-writer');
    const posts = await Promise.all(
      Array.from({ length: BODIES }, (_, index) => {
        const lines = moves.next().map((line) => (index === POISON ? { ...line, home: 'Poison United' } : line));
        return post(desk.url, lines, `body-${index}`);
      }),
    );
    expect((await held).status).toBe(200);
    expect(posts.map(({ status }) => status)).toEqual(posts.map((_, index) => (index === POISON ? 422 : 200)));
    const { error } = errorEnvelopeSchema.parse(JSON.parse(posts[POISON]?.text ?? ''));
    expect(error).toMatchObject({ code: 'rejected_by_database', message: 'The database refused a value (23514).' });
    const stored = await readStoredDesk(databaseUrl);
    expect(stored.alerts).toHaveLength(BODIES - 1);
    expect(stored.answers.has(`body-${POISON}`)).toBe(false);
    expect(desk.log()).toContain('"during":"isolate"');
  } finally {
    await desk.dispose();
  }
});
