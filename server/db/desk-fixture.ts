import type { Alert, AlertType, Severity } from '../../contracts/alert.ts';
import { severityRank } from '../../contracts/alert-words.ts';
import { type AlertId, type EventId, alertIdSchema, eventIdSchema } from '../../contracts/ids.ts';
import type { Market } from '../../contracts/market.ts';
import { type Database, openDatabase } from './database.ts';
import { type DeskStore, createDeskStore } from './desk-store.ts';
import type { FairOf } from './fair-of.ts';
import { searchText } from './search-words.ts';
import { createTestDatabase } from './test-database.ts';

export const NOW = Date.parse('2026-03-01T12:00:00Z');
export const MINUTE_MS = 60_000;

type EventSketch = {
  readonly home?: string;
  readonly away?: string;
  readonly sport?: string;
  readonly country?: string;
  readonly league?: string;
  readonly kickoffMs?: number;
};

type AlertSketch = {
  readonly eventId: EventId;
  readonly bookmaker?: string;
  readonly type?: AlertType;
  readonly severity?: Severity;
  readonly market?: Market;
  readonly line?: number | null;
  readonly outcome?: string | null;
  readonly detectedMs?: number;
  readonly acknowledged?: boolean;
  readonly note?: string | null;
  readonly competitor?: Alert['competitor'];
};

export type DeskFixture = {
  readonly url: string;
  readonly database: Database;
  readonly store: DeskStore;
  readonly addEvent: (sketch?: EventSketch) => Promise<EventId>;
  /** Stores an alert as the flush does: one seq further, one more in total. */
  readonly addAlert: (sketch: AlertSketch) => Promise<AlertId>;
  readonly close: () => Promise<void>;
};

/** A desk on a database of its own, for tests that need a few rows exactly so. Fair prices are told with a `fairOf` only. */
export async function createDeskFixture({
  fairOf = () => null,
}: { readonly fairOf?: FairOf } = {}): Promise<DeskFixture> {
  const testDatabase = await createTestDatabase();
  const database = openDatabase({ url: testDatabase.url });
  const { writer } = database;
  await writer.$executeRaw`UPDATE watermark SET kickoffs_passed = ${new Date(NOW)}`;
  let added = 0;

  async function bookmakerId(name: string): Promise<number> {
    const create = { name, lastSeenAt: new Date(NOW) };
    return (await writer.bookmaker.upsert({ where: { name }, create, update: {} })).id;
  }

  return {
    url: testDatabase.url,
    database,
    store: createDeskStore(database, { ownBookmaker: 'draftkings', fairOf }),

    async addEvent({
      home = 'Arsenal',
      away = 'Chelsea',
      sport = 'soccer',
      country = 'England',
      league = 'Premier League',
      kickoffMs = NOW + 60 * MINUTE_MS,
    } = {}) {
      const place = { sport, country, name: league };
      const { id: leagueId } = await writer.league.upsert({
        where: { sport_country_name: place },
        create: place,
        update: {},
      });
      const number = (added += 1);
      const event = await writer.event.create({
        data: {
          sourceKey: `event-${number}`,
          leagueId,
          home,
          away,
          kickoff: new Date(kickoffMs),
          searchText: searchText({ home, away, league, country }),
          lastPriceAt: new Date(NOW),
          createdAt: new Date(NOW),
        },
      });
      return eventIdSchema.parse(event.id);
    },

    async addAlert(sketch) {
      const number = (added += 1);
      const detectedAt = new Date(sketch.detectedMs ?? NOW - MINUTE_MS);
      const { kickoff, leagueId } = await writer.event.findUniqueOrThrow({ where: { id: sketch.eventId } });
      const bookmaker = await bookmakerId(sketch.bookmaker ?? 'pinnacle');
      const alert = await writer.$transaction(async (client) => {
        const watermark = await client.watermark.update({
          where: { id: 1 },
          data: { seq: { increment: 1 }, alertTotal: { increment: 1 } },
        });
        return client.alert.create({
          data: {
            alertKey: `alert-${number}`,
            eventId: sketch.eventId,
            leagueId,
            bookmakerId: bookmaker,
            market: sketch.market ?? '1x2',
            line: sketch.line ?? null,
            outcome: sketch.outcome === undefined ? 'Home' : sketch.outcome,
            type: sketch.type ?? 'price_change',
            severity: severityRank(sketch.severity ?? 'warning'),
            kickoff,
            changeBasisPoints: -1190,
            probabilityBasisPoints: 640,
            oldMilliOdds: 2100,
            newMilliOdds: 1850,
            ...(sketch.competitor === undefined || sketch.competitor === null ? {} : { competitor: sketch.competitor }),
            explanation: EXPLANATION,
            detectedAt,
            updatedAt: detectedAt,
            acknowledgedAt: sketch.acknowledged === true ? detectedAt : null,
            acknowledgedBy: sketch.acknowledged === true ? 'ann' : null,
            note: sketch.note ?? null,
            seq: watermark.seq,
          },
        });
      });
      return alertIdSchema.parse(Number(alert.id));
    },

    async close() {
      await database.close();
      await testDatabase.drop();
    },
  };
}

export const EXPLANATION = {
  rule: 'Home moved by at least 7 % within 60 minutes.',
  base: { odds: 2.1, at: '2026-03-01T11:00:00.000Z' },
  observedAt: '2026-03-01T11:30:00.000Z',
  thresholds: { warning: 7 },
  severityInputs: { changePercent: -11.9 },
  books: [
    {
      bookmaker: 'draftkings',
      own: true,
      oldOdds: 2.1,
      newOdds: 2.1,
      suspended: false,
      seenAt: '2026-03-01T11:30:00.000Z',
    },
  ],
};
