import type { Observation } from '../detection/observation.ts';
import { type DemoEvent, createDemoEvent } from './demo-event.ts';
import { type DemoBook, demoBooks } from './demo-fixtures.ts';
import type { Happening } from './demo-happenings.ts';
import { createRandom } from './demo-random.ts';
import { type FixtureName, describeFixture, fixtureKey, fixturesAt } from './demo-schedule.ts';
import { STORY_EVERY_MS, exodus, split, steam, storyOf } from './demo-stories.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Matches close to kickoff are polled more often, as feeds do it. */
const NEAR_MS = 4 * HOUR_MS;
const POLL_NEAR_MS = 4 * SECOND_MS;
const POLL_FAR_MS = 12 * SECOND_MS;

/** In every interval of this length one competitor's feed is out for some minutes. */
const OUTAGE_EVERY_MS = 45 * MINUTE_MS;
const OUTAGE_LEAST_MS = 2 * MINUTE_MS;
const OUTAGE_MOST_MS = 6 * MINUTE_MS;

export type DemoMarketOptions = {
  readonly seed: string;
  readonly ownBookmaker: string;
  readonly startMs: number;
  /** When somebody comes to look, `startMs` unless said otherwise. */
  readonly opensMs?: number;
  /** Stories and outages, and an opening that shows something within seconds. Without them: the calibrated market alone. */
  readonly stories: boolean;
  /** Polls each match at every call instead of at its own interval. */
  readonly pollAlways?: boolean;
};

/** Which competitor's feed is out at an instant, −1 for none. */
function bookOutAt(seed: string, nowMs: number, books: readonly DemoBook[]): number {
  const interval = Math.floor(nowMs / OUTAGE_EVERY_MS);
  const random = createRandom(`${seed} outage ${interval}`);
  const book = 1 + random.below(books.length - 1);
  const beginsMs = interval * OUTAGE_EVERY_MS + random.between(0, OUTAGE_EVERY_MS - OUTAGE_MOST_MS);
  const isOut = nowMs >= beginsMs && nowMs < beginsMs + random.between(OUTAGE_LEAST_MS, OUTAGE_MOST_MS);
  return isOut ? book : -1;
}

/**
 * A whole invented market: about 40 matches to come and eight books, the own one among them. The same seed, start
 * and times of polling give the same observations. `poll` takes instants that do not go back.
 */
export function createDemoMarket(options: DemoMarketOptions) {
  const { seed, startMs, opensMs = startMs } = options;
  const books = demoBooks(options.ownBookmaker);
  const events = new Map<string, { readonly event: DemoEvent; nextPollMs: number }>();
  let toldInterval = Math.floor((startMs - NEAR_MS) / STORY_EVERY_MS) - 1;
  let isOpened = !options.stories;

  function follow(name: FixtureName): void {
    const key = fixtureKey(seed, name);
    if (!events.has(key))
      events.set(key, { event: createDemoEvent(describeFixture(seed, name), books), nextPollMs: 0 });
  }

  /**
   * Stories hang on the clock, not on the start, and befall matches within four hours of kickoff: going back that far
   * a restarted market stands where it stood, instead of falling back to prices without stories.
   */
  function tellStories(nowMs: number): void {
    for (const upTo = Math.floor(nowMs / STORY_EVERY_MS); toldInterval < upTo;) {
      toldInterval += 1;
      const story = storyOf(seed, toldInterval, books);
      if (story !== undefined) events.get(fixtureKey(seed, story.fixture))?.event.add(story.happenings);
    }
  }

  /** What a newcomer sees: prices fall within seconds, then most of the market shuts while we are open, then we disagree. */
  function openingScene(): void {
    const random = createRandom(`${seed} opening ${opensMs}`);
    const soon = [...events.values()]
      .map(({ event }) => event)
      .filter(({ fixture }) => fixture.kickoffMs > opensMs + 8 * MINUTE_MS);
    const scenes: readonly ((event: DemoEvent) => readonly Happening[])[] = [
      ({ fixture }) => steam({ random, books, sport: fixture.sport, atMs: opensMs + SECOND_MS }, 0.24).map(hasten),
      ({ fixture }) => exodus({ random, books, sport: fixture.sport, atMs: opensMs + 14 * SECOND_MS }),
      ({ fixture }) => split({ random, books, sport: fixture.sport, atMs: opensMs + 25 * SECOND_MS }, 0.18),
    ];
    for (const [index, scene] of scenes.entries()) {
      const event = soon[index];
      if (event !== undefined) event.add(scene(event));
    }
  }

  /** Only the own book takes its time at the start. */
  const hasten = (happening: Happening): Happening =>
    'book' in happening && happening.book === 0
      ? happening
      : { ...happening, atMs: opensMs + (happening.atMs - opensMs) / 8 };

  return {
    books: books.map((book) => book.name),

    /** What the feed says at `nowMs`: every quote of each match whose turn it is. */
    poll(nowMs: number): Observation[] {
      for (const name of fixturesAt(nowMs)) follow(name);
      if (options.stories) tellStories(nowMs);
      if (!isOpened && nowMs >= opensMs) {
        openingScene();
        isOpened = true;
      }
      const out = options.stories ? bookOutAt(seed, nowMs, books) : -1;
      const observations: Observation[] = [];
      for (const [key, entry] of events) {
        const { event } = entry;
        const kickoffMs = event.kickoffAt(nowMs);
        if (nowMs >= kickoffMs) {
          events.delete(key);
          continue;
        }
        if (nowMs < entry.nextPollMs) continue;
        const intervalMs = kickoffMs - nowMs <= NEAR_MS ? POLL_NEAR_MS : POLL_FAR_MS;
        entry.nextPollMs = options.pollAlways === true ? 0 : nowMs + intervalMs;
        observations.push(...observe(event, kickoffMs, nowMs, out));
      }
      return observations;
    },
  };
}

function observe(event: DemoEvent, kickoffMs: number, nowMs: number, out: number): Observation[] {
  const { key, home, away, league, country, sport } = event.fixture;
  const described = { sourceKey: key, home, away, league, country, sport, kickoffMs };
  return event
    .quotesAt(nowMs, (book) => book === out)
    .map(({ changedAtMs, ...quote }) => ({
      event: described,
      ...quote,
      observedAtMs: nowMs,
      upstreamAtMs: changedAtMs,
    }));
}

export type DemoMarket = ReturnType<typeof createDemoMarket>;
