import { type QueryClient, partialMatchKey } from '@tanstack/react-query';
import type { OddsUpdateMessage } from '../contracts/socket.ts';
import { createCoalescer } from './coalescer.ts';
import { eventHistoryKey, eventOddsKey, eventsKey } from './queries.ts';

/** Prices may move with every poll of a feed: a table that redraws more often than this cannot be read. */
const PRICES_TRAILING_MS = 500;
const PRICES_MAX_WAIT_MS = 2_000;

const nothingMoved = () => ({ eventIds: new Set<number>(), bookmakers: new Set<string>(), isAny: false });
type Moved = ReturnType<typeof nothingMoved>;

/** Whether a query is about what moved. A list may have any event. */
function isAbout({ eventIds, isAny }: Moved, queryKey: readonly unknown[]): boolean {
  if (isAny || queryKey[2] === 'list') return true;
  return [...eventIds].some((id) =>
    [eventOddsKey(id), eventHistoryKey(id)].some((key) => partialMatchKey(queryKey, key)),
  );
}

type LivePricesOptions = {
  readonly client: QueryClient;
  /** Tells whose prices have just come. */
  readonly onSignsOfLife: (bookmakers: ReadonlySet<string>) => void;
};

/**
 * Reads the prices on screen again once a burst of them has been told of. They have no watermark to be compared by:
 * what was not told here, or was being read meanwhile, is read again to be sure.
 */
export function createLivePrices({ client, onSignsOfLife }: LivePricesOptions) {
  let moved = nothingMoved();
  let isReading = false;
  let isTouched = false;

  const coalescer = createCoalescer({
    trailingMs: PRICES_TRAILING_MS,
    maxWaitMs: PRICES_MAX_WAIT_MS,
    run: () => void settle(), // a failing fetch surfaces in its own query
  });

  async function settle(): Promise<void> {
    // One reading at a time: cancelling it for each new price would let a busy feed starve the screen.
    if (isReading) {
      isTouched = true;
      return;
    }
    isReading = true;
    const told = moved;
    moved = nothingMoved();
    onSignsOfLife(told.bookmakers);
    const filter = {
      queryKey: eventsKey,
      predicate: ({ queryKey }: { readonly queryKey: readonly unknown[] }) => isAbout(told, queryKey),
    };
    const read = (): Promise<void> =>
      client.invalidateQueries({ ...filter, refetchType: 'active' }, { cancelRefetch: false });
    try {
      // What is under way may have read before the price came. It is joined, and its end would forget that it is old.
      const mayBeOld = client.isFetching({ ...filter, type: 'active' }) > 0;
      await read();
      if (mayBeOld) await read();
    } finally {
      isReading = false;
      if (isTouched) coalescer.touch();
      isTouched = false;
    }
  }

  return {
    heard({ data }: OddsUpdateMessage): void {
      data.event_ids.forEach((id) => moved.eventIds.add(id));
      data.bookmakers.forEach((bookmaker) => moved.bookmakers.add(bookmaker));
      moved.isAny ||= data.truncated === true;
      coalescer.touch();
    },

    /** A fresh connection: nobody told of what moved before it, since the page was drawn or while there was none. */
    greeted(): void {
      moved.isAny = true;
      coalescer.touch();
    },
  };
}
