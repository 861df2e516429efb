import { ingestAnswerSchema } from '../../contracts/snapshot.ts';
import { type EventId, eventIdSchema } from '../../contracts/ids.ts';
import type { Market } from '../../contracts/market.ts';
import type { MutedPlace, PriceStore, PriceTransaction } from '../ingest/price-store.ts';
import { moveAlertKickoffs, upsertAlerts } from './alert-rows.ts';
import { toAppError } from './errors.ts';
import { insertEvents, loadEvents, updateEvents } from './event-rows.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import { appendVersions, insertAbsences, insertQuotes, markPresence, storeMemory, touchEvents } from './price-rows.ts';
import { inForce } from './mute-condition.ts';
import { missingWatermark } from './watermark.ts';
import { WATERMARK_CHANNEL, watermarkPayload } from './watermark-channel.ts';

/**
 * The largest body, all of it alerts, takes two minutes on a small machine. A database that is stuck is noticed long
 * before, by the timeout of a statement and the silence of a connection.
 */
const TRANSACTION_TIMEOUT_MS = 600_000;
const CONNECTION_WAIT_MS = 5_000;

/** Called in the middle of a transaction, for tests that stop a writer there. */
type Reach = (point: 'before_alerts' | 'after_alerts' | 'before_commit' | 'after_commit') => Promise<void>;

/**
 * Stores prices and alerts in PostgreSQL; `now` is the desk's clock, in epoch milliseconds. A transaction
 * that the database refuses or cannot take rejects with `rejected_by_database` or `database_unavailable`.
 */
export function createPriceStore(writer: PrismaClient, now: () => number, reach?: Reach): PriceStore {
  return {
    async transaction(work) {
      try {
        const committed = await writer.$transaction(
          async (client) => {
            const open = await openTransaction(client, new Date(now()), reach);
            const result = await work(open.transaction);
            await open.raiseWatermark();
            if (reach !== undefined) await reach('before_commit');
            return result;
          },
          { timeout: TRANSACTION_TIMEOUT_MS, maxWait: CONNECTION_WAIT_MS },
        );
        if (reach !== undefined) await reach('after_commit');
        return committed;
      } catch (error) {
        // What nobody foresaw stays as it was thrown: the log needs it so.
        const known = toAppError(error);
        throw known.code === 'internal' ? error : known;
      }
    },
  };
}

async function openTransaction(client: Prisma.TransactionClient, at: Date, reach: Reach | undefined) {
  // The lock on this row is the order of all writers: whoever holds it sees everything that was committed before.
  const [row] = await client.$queryRaw<{ epoch: string; seq: bigint; odds_version: bigint; events_deleted: bigint }[]>`
    SELECT epoch, seq, odds_version, events_deleted FROM watermark WHERE id = 1 FOR UPDATE`;
  if (row === undefined) throw missingWatermark();
  const head = {
    epoch: row.epoch,
    seq: Number(row.seq),
    oddsVersion: Number(row.odds_version),
    eventsDeletedVersion: Number(row.events_deleted),
  };
  const oddsVersion = head.oddsVersion + 1;
  let seq = head.seq;
  let insertedAlerts = 0;

  const transaction: PriceTransaction = {
    head,
    seq: () => seq,

    async answerOf(key) {
      const stored = await client.ingestBatch.findUnique({ where: { key } });
      return stored === null ? null : { bodyHash: stored.bodyHash, answer: ingestAnswerSchema.parse(stored.answer) };
    },

    async eventsChangedSince(version) {
      const changed = await client.event.findMany({ where: { oddsVersion: { gt: version } }, select: { id: true } });
      return changed.map((event) => eventIdSchema.parse(event.id));
    },

    async eventsAmong(ids) {
      const rows = await client.$queryRaw<{ id: number }[]>`
        SELECT event.id FROM event WHERE event.id = ANY(${[...ids]}::int[])`;
      return rows.map((event) => eventIdSchema.parse(event.id));
    },

    loadEvents: (sourceKeys, { lookBackMs }) => loadEvents(client, sourceKeys, lookBackMs),

    async createEvents(events) {
      const created = await client.$queryRaw<{ id: number; source_key: string }[]>(insertEvents(events, at));
      return new Map(created.map((event): [string, EventId] => [event.source_key, eventIdSchema.parse(event.id)]));
    },

    async redescribeEvents(events) {
      await client.$executeRaw(updateEvents(events));
      const movedAlerts = await client.$executeRaw(
        moveAlertKickoffs(
          events.map((event) => event.eventId),
          seq + 1,
          at,
        ),
      );
      if (movedAlerts > 0) seq += 1;
      return { movedAlerts };
    },

    async lastWords() {
      const rows = await client.$queryRaw<{ name: string; lastSeenAt: Date }[]>`
        SELECT name, last_seen_at AS "lastSeenAt" FROM bookmaker`;
      return new Map(rows.map(({ name, lastSeenAt }) => [name, lastSeenAt.getTime()]));
    },

    async mutedPlaces() {
      const rows = await client.$queryRaw<
        { bookmaker: string | null; market: Market | null; eventId: EventId | null }[]
      >`
        SELECT bookmaker.name AS bookmaker, mute.market, mute.event_id AS "eventId"
        FROM mute LEFT JOIN bookmaker ON bookmaker.id = mute.bookmaker_id
        WHERE ${inForce(at.getTime())} AND (mute.bookmaker_id IS NOT NULL OR mute.market IS NOT NULL)`;
      return rows.flatMap(({ bookmaker, market, eventId }): MutedPlace[] => {
        if (bookmaker !== null) return [{ bookmaker }];
        return market === null ? [] : [{ market, eventId }];
      });
    },

    async bookmakerIds(names) {
      const known = await client.$queryRaw<{ id: number; name: string }[]>`
        WITH added AS (
          INSERT INTO bookmaker (name, last_seen_at) SELECT DISTINCT name, to_timestamp(0) FROM unnest(${[...names]}::text[]) AS row (name)
          ON CONFLICT (name) DO NOTHING RETURNING id, name
        )
        SELECT id, name FROM added UNION ALL SELECT id, name FROM bookmaker WHERE name = ANY(${[...names]}::text[])`;
      return new Map(known.map((bookmaker) => [bookmaker.name, bookmaker.id]));
    },

    async reserveQuoteIds(count) {
      const rows = await client.$queryRaw<{ id: bigint }[]>`
        SELECT nextval(pg_get_serial_sequence('odds_current', 'id')) AS id FROM generate_series(1, ${count}::int)`;
      return rows.map((reserved) => Number(reserved.id));
    },

    async write(changes) {
      const latest = changes.changedQuotes;
      if (changes.newQuotes.length > 0) await client.$executeRaw(insertQuotes(changes.newQuotes));
      if (changes.history.length > 0) await client.$executeRaw(appendVersions(changes.history, latest));
      if (changes.presence.length > 0) await client.$executeRaw(markPresence(changes.presence));
      if (changes.absences.length > 0) await client.$executeRaw(insertAbsences(changes.absences));
      if (changes.memory.length > 0) await client.$executeRaw(storeMemory(changes.memory, at));
      if (changes.touchedEvents.length > 0) await client.$executeRaw(touchEvents(changes.touchedEvents, oddsVersion));
    },

    async storeAlerts(alerts) {
      if (reach !== undefined) await reach('before_alerts');
      type Stored = { alert_key: string; inserted: boolean; muted: boolean };
      const rows = await client.$queryRaw<Stored[]>(upsertAlerts(alerts, seq + 1, at));
      if (rows.length > 0) seq += alerts.length;
      insertedAlerts += rows.filter((stored) => stored.inserted).length;
      if (reach !== undefined) await reach('after_alerts');
      const storedByKey = new Map(rows.map((stored) => [stored.alert_key, stored]));
      return alerts.flatMap(({ alertKey, eventId, severity, type }) => {
        const stored = storedByKey.get(alertKey);
        if (stored === undefined) return [];
        const { muted, inserted } = stored;
        return [{ alertKey, eventId, severity, type, muted, untold: inserted && !muted }];
      });
    },

    async storeAnswer(key, bodyHash, answer) {
      // By the database's own clock, since it is forgotten by that one: the desk's may be a replay's.
      await client.$executeRaw`
        INSERT INTO ingest_batch (key, body_hash, answer, created_at)
        VALUES (${key}, ${bodyHash}, ${JSON.stringify(answer)}::jsonb, now())`;
    },
  };

  async function raiseWatermark(): Promise<void> {
    await client.$executeRaw`
      UPDATE watermark SET seq = ${seq}, odds_version = ${oddsVersion}, alert_total = alert_total + ${insertedAlerts} WHERE id = 1`;
    // One notification a transaction at most, and none for prices alone: it takes a lock across all commits.
    if (seq > head.seq)
      await client.$executeRaw`SELECT pg_notify(${WATERMARK_CHANNEL}, ${watermarkPayload({ epoch: head.epoch, seq })})`;
  }

  return { transaction, raiseWatermark };
}
