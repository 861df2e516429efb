import { expect, test } from 'vitest';
import { eventIdSchema } from '../contracts/ids.ts';
import { type OddsHead, type PriceChange, createPriceFollower } from './price-follower.ts';

const at = (oddsVersion: number, epoch = 'one'): OddsHead => ({ epoch, oddsVersion });

/** A history of prices in which every commit changes one event. */
function setup() {
  const history: number[] = [];
  const asked: number[] = [];
  const told: PriceChange[] = [];
  const errors: unknown[] = [];
  let isAway = false;
  const follower = createPriceFollower({
    initial: at(0),
    initialHistoryId: 0,
    async changesAfter(historyId) {
      asked.push(historyId);
      if (isAway) throw new Error('database is away');
      const eventIds = history.slice(historyId).map((id) => eventIdSchema.parse(id));
      return { historyId: history.length, eventIds, bookmakers: ['alpha'], truncated: false };
    },
    announce: (change) => void told.push(change),
    onError: (error) => void errors.push(error),
  });
  const namedEvents = (): number[] => told.flatMap((change) => [...change.eventIds]);
  return { follower, history, asked, errors, namedEvents, setAway: (next: boolean) => (isAway = next) };
}

test('[PRC1] prices of another process are told once, and own ones are left to who committed them', async () => {
  const { follower, history, asked, namedEvents } = setup();
  history.push(11);
  follower.heard(at(1));
  follower.heard(at(1));
  await follower.stop();
  expect(namedEvents()).toEqual([11]);
  history.push(12);
  follower.committed(at(2));
  follower.heard(at(2));
  await follower.stop();
  expect(namedEvents()).toEqual([11]);
  expect(asked).toEqual([0]);
});

test('[PRC2] an own commit behind which another one’s was not heard of yet tells that one too', async () => {
  const { follower, history, namedEvents } = setup();
  history.push(11, 12);
  follower.committed(at(2));
  await follower.stop();
  expect(namedEvents()).toContain(11);
});

test('[PRC3] a look that fails is reported, and the next poll finds everything since', async () => {
  const { follower, history, errors, namedEvents, setAway } = setup();
  setAway(true);
  history.push(11);
  follower.heard(at(1));
  await follower.stop();
  expect(errors).toHaveLength(1);
  setAway(false);
  follower.heard(at(1));
  await follower.stop();
  expect(namedEvents()).toEqual([11]);
});

test('[PRC4] commits heard while a look runs are found by one more look; polls that changed no price tell nothing', async () => {
  const { follower, history, asked, namedEvents } = setup();
  history.push(11);
  follower.heard(at(1));
  history.push(12);
  follower.heard(at(2));
  follower.heard(at(3, 'restored'));
  await follower.stop();
  expect(asked).toEqual([0, 1]);
  expect(namedEvents()).toEqual([11, 12]);
});
