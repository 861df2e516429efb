import type { EventId } from '../../contracts/ids.ts';
import { type DeskFixture, MINUTE_MS, NOW } from './desk-fixture.ts';

/** What a quote said from so many minutes after `NOW`. An outcome is its name, its thousandths, and 1 where it is shut. */
export type PriceVersion = {
  readonly minutes: number;
  readonly state?: 'open' | 'suspended' | 'removed';
  readonly outcomes: readonly (readonly [name: string, milliOdds: number, suspended: number])[];
};

/** The instant so many minutes after `NOW`. */
export const at = (minutes: number): string => new Date(NOW + minutes * MINUTE_MS).toISOString();

/** Stores a quote of 1x2, or of over/under where it has a line, with its versions as history; its book is heard of now. */
export async function addQuote(
  { database: { writer } }: Pick<DeskFixture, 'database'>,
  eventId: EventId,
  name: string,
  { line = null, versions }: { readonly line?: number | null; readonly versions: readonly PriceVersion[] },
): Promise<void> {
  const seen = { name, lastSeenAt: new Date(NOW) };
  const bookmaker = await writer.bookmaker.upsert({ where: { name }, create: seen, update: {} });
  const presence = { eventId, bookmakerId: bookmaker.id };
  await writer.bookPresence.upsert({
    where: { eventId_bookmakerId: presence },
    create: { ...presence, lastSeenAt: new Date(NOW) },
    update: {},
  });
  const last = versions.at(-1);
  if (last === undefined) throw new Error('expected a version');
  const stamp = new Date(at(last.minutes));
  const current = { state: last.state ?? 'open', outcomes: last.outcomes, observedAt: stamp };
  const quote = await writer.oddsCurrent.create({
    data: {
      eventId,
      bookmakerId: bookmaker.id,
      market: line === null ? '1x2' : 'over_under',
      line,
      changedAt: stamp,
      ...current,
    },
  });
  await writer.oddsHistory.createMany({
    data: versions.map(({ minutes, state, outcomes }) => ({
      quoteId: quote.id,
      observedAt: new Date(at(minutes)),
      state: state ?? 'open',
      outcomes,
    })),
  });
}
