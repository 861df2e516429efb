import type { PriceTransaction } from './price-store.ts';

/**
 * The transaction with writes that go on while the caller works out the next ones: PostgreSQL and this process then
 * work at the same time. A write begins when the one before has ended; whatever else is asked waits for it, and hears
 * of its failure. `work` is over when the last write is, also when it failed: what came after a ROLLBACK would be a
 * commit of its own.
 */
export async function withWritesBehind<Result>(
  transaction: PriceTransaction,
  work: (transaction: PriceTransaction) => Promise<Result>,
): Promise<Result> {
  const behind = writingBehind(transaction);
  try {
    const result = await work(behind.transaction);
    await behind.settled();
    return result;
  } catch (error) {
    await behind.settled().catch(() => undefined);
    throw error;
  }
}

function writingBehind(transaction: PriceTransaction) {
  let behind = Promise.resolve();
  const after = <Arguments extends readonly unknown[], Result>(ask: (...given: Arguments) => Promise<Result>) => {
    return async (...given: Arguments): Promise<Result> => {
      await behind;
      return ask(...given);
    };
  };
  const asked: PriceTransaction = {
    head: transaction.head,
    seq: transaction.seq,
    async write(changes) {
      await behind;
      behind = transaction.write(changes);
      // Whoever asks next hears of it; it may be that nobody does, as something else failed.
      behind.catch(() => undefined);
    },
    answerOf: after(transaction.answerOf),
    eventsChangedSince: after(transaction.eventsChangedSince),
    eventsAmong: after(transaction.eventsAmong),
    loadEvents: after(transaction.loadEvents),
    createEvents: after(transaction.createEvents),
    redescribeEvents: after(transaction.redescribeEvents),
    lastWords: after(transaction.lastWords),
    mutedPlaces: after(transaction.mutedPlaces),
    bookmakerIds: after(transaction.bookmakerIds),
    reserveQuoteIds: after(transaction.reserveQuoteIds),
    storeAlerts: after(transaction.storeAlerts),
    storeAnswer: after(transaction.storeAnswer),
  };
  return { transaction: asked, settled: () => behind };
}
