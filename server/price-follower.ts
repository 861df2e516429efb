import type { EventId } from '../contracts/ids.ts';

/** How far the stored prices have come; raised by every commit of prices, whoever made it. */
export type OddsHead = { readonly epoch: string; readonly oddsVersion: number };

/** Whose prices changed. `truncated`: others too, which are not named. */
export type PriceChange = {
  readonly eventIds: readonly EventId[];
  readonly bookmakers: readonly string[];
  readonly truncated: boolean;
};

/**
 * Tells browsers of prices that other processes committed; what this process commits it tells itself. Prices
 * alone send no notification, so they are found by the poll of the wake-up.
 */
export function createPriceFollower(options: {
  readonly initial: OddsHead;
  /** The newest stored price, from which `changesAfter` goes on. */
  readonly initialHistoryId: number;
  readonly changesAfter: (historyId: number) => Promise<PriceChange & { readonly historyId: number }>;
  readonly announce: (change: PriceChange) => void;
  readonly onError: (error: unknown) => void;
}) {
  let known = options.initial;
  let historyId = options.initialHistoryId;
  let isAsked = false;
  let looking: Promise<void> | undefined;

  async function lookUntilLevel(): Promise<void> {
    while (isAsked) {
      isAsked = false;
      const { historyId: newest, ...change } = await options.changesAfter(historyId);
      historyId = newest;
      if (change.eventIds.length > 0) options.announce(change);
    }
  }

  function look(): void {
    isAsked = true;
    looking ??= lookUntilLevel()
      .catch((error: unknown) => {
        // Nothing is lost: the next look goes on from the same place, and with the next poll there is one.
        known = { epoch: known.epoch, oddsVersion: -1 };
        options.onError(error);
      })
      .finally(() => {
        looking = undefined;
        // Asked for after the last look had ended and before this was said.
        if (isAsked) look();
      });
  }

  return {
    /** After an own commit, which raised the version by one. */
    committed(head: OddsHead): void {
      const isNext = head.epoch === known.epoch && head.oddsVersion === known.oddsVersion + 1;
      const isOld = head.epoch === known.epoch && head.oddsVersion <= known.oddsVersion;
      if (isOld) return;
      known = head;
      if (!isNext) look();
    },

    /** After hearing from the database how far the prices have come. */
    heard(head: OddsHead): void {
      if (head.epoch === known.epoch && head.oddsVersion <= known.oddsVersion) return;
      known = head;
      look();
    },

    stop: async (): Promise<void> => looking,
  };
}
