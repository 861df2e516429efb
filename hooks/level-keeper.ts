import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';
import { createCoalescer } from './coalescer.ts';

const REFRESH_TRAILING_MS = 250;
const REFRESH_MAX_WAIT_MS = 1_000;
/** Refreshes in a row that may bring nothing newer before the next heartbeat is waited for. */
const MAX_FRUITLESS_REFRESHES = 2;

/** The data that has to stay level with the watermark. */
export type LiveCache = {
  /**
   * The oldest watermark among the data on screen; null when there is none yet. Where `epoch` is the life of the
   * database that goes on, data of any other is older.
   */
  readonly level: (epoch?: string) => Watermark | null;
  /** Whether the last fetch of anything on screen failed. */
  readonly isBroken: () => boolean;
  /** Fetches what is on screen again. Resolves when every fetch has settled, failed ones included. */
  readonly refresh: () => Promise<void>;
  /** Gives up the fetches of what is on screen that are under way; false when there were none. */
  readonly abandon: () => boolean;
  /** Throws everything away and fetches what is on screen: the data belongs to another life of the database. */
  readonly drop: () => Promise<void>;
};

export type LevelKeeperDeps = {
  readonly cache: LiveCache;
  /** How far the data has to come; null while nothing has told. */
  readonly wanted: () => Watermark | null;
  /** The data has come as far as is wanted. */
  readonly onLevel: () => void;
};

/** Brings the data on screen level with what is wanted: once per burst, and again while it is behind and still gaining. */
export function createLevelKeeper({ cache, wanted, onLevel }: LevelKeeperDeps) {
  let refreshing = false;
  let touchedMeanwhile = false;
  let fruitless = 0;

  const coalescer = createCoalescer({
    trailingMs: REFRESH_TRAILING_MS,
    maxWaitMs: REFRESH_MAX_WAIT_MS,
    run: () => void refresh(), // a failing fetch surfaces in its own query
  });

  const readLevel = (): Watermark | null => cache.level(wanted()?.epoch);

  function isBehind(): boolean {
    const level = readLevel();
    const goal = wanted();
    if (level === null || goal === null) return false;
    const relation = compareWatermarks(level, goal);
    return relation === 'behind' || relation === 'other_epoch';
  }

  function settle(before: Watermark | null): void {
    const level = readLevel();
    const gained = level !== null && (before === null || compareWatermarks(before, level) !== 'same');
    fruitless = gained ? 0 : fruitless + 1;
    if (!isBehind()) {
      fruitless = 0;
      onLevel();
      if (touchedMeanwhile) coalescer.touch();
      return;
    }
    // An invalidation during a query's first fetch is lost, and a fetch that was already under way may have read
    // just before the commit: both show here. When nothing newer comes the API itself is behind or away; then the
    // next heartbeat tries again, so that a broken server is not hammered four times a second.
    if (touchedMeanwhile || fruitless < MAX_FRUITLESS_REFRESHES) coalescer.touch();
  }

  async function refresh(): Promise<void> {
    // One refresh at a time: cancelling the running one for each new message would let a stream that is
    // faster than the fetch starve the screen.
    if (refreshing) {
      touchedMeanwhile = true;
      return;
    }
    refreshing = true;
    touchedMeanwhile = false;
    const before = readLevel();
    const goal = wanted();
    const isOtherLife = before !== null && goal !== null && before.epoch !== goal.epoch;
    try {
      await (isOtherLife ? cache.drop() : cache.refresh());
    } finally {
      refreshing = false;
      settle(before);
    }
  }

  return {
    /** Looks whether the data is where it has to be, and fetches it with the next burst where it is not. */
    check(): void {
      // Without a level a first fetch may be under way that read before this watermark. What failed is asked for again
      // with every heartbeat: a quiet desk would otherwise show its last error until the next alert.
      if (readLevel() === null || cache.isBroken() || isBehind()) {
        fruitless = 0;
        coalescer.touch();
        return;
      }
      onLevel();
    },

    /** Fetches with the next burst, wherever the data stands. */
    touch: (): void => coalescer.touch(),

    /** Begins fetches that are under way anew: nothing but their timeout would tell that they are lost. */
    retryFetches(): void {
      if (cache.abandon()) coalescer.touch();
    },

    /** Forgets what waits to be fetched. */
    stop: (): void => coalescer.stop(),
  };
}
