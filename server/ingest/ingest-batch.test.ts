import { expect, test } from 'vitest';
import { toMilliOdds } from '../../contracts/market.ts';
import { toObservation } from '../detection/observation.ts';
import { rowsOf, snapshot } from './body.fixture.ts';
import { MAX_CHUNK_ROWS, batchOf } from './ingest-batch.ts';

test('[ING33] a batch of a source in this process has its rows in chunks of at most 5,000', async () => {
  const observations = Array.from({ length: MAX_CHUNK_ROWS * 2 + 1 }, () => toObservation(snapshot()));
  const batch = batchOf(observations);
  expect(await rowsOf(batch)).toHaveLength(observations.length);
  expect(batch).toMatchObject({ rows: observations.length, accepted: observations.length, rejectedCount: 0 });
  expect(observations[0]?.outcomes[0]?.milliOdds).toBe(toMilliOdds(2.05));
});
