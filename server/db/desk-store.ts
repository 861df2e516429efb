import type {
  AcknowledgeRequest,
  AlertFilter,
  AlertPatch,
  AlertQuery,
  AlertSort,
} from '../../contracts/alert-query.ts';
import type { EventQuery, HistoryQuery } from '../../contracts/event.ts';
import type { AlertId, EventId } from '../../contracts/ids.ts';
import type { MuteQuery, MuteRequest } from '../../contracts/mute.ts';
import type { OddsBoardQuery } from '../../contracts/odds-board.ts';
import type { SavedViewRequest } from '../../contracts/saved-view.ts';
import type { RevisionQuery } from '../../contracts/settings-history.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { SparklineQuery } from '../../contracts/sparkline.ts';
import { acknowledgeMany, patchAlert } from './alert-acknowledge.ts';
import { alertCsvLines } from './alert-csv.ts';
import { readAlertFacets } from './alert-facets.ts';
import { readAlertList } from './alert-list.ts';
import { readAlert, readAlertsChangedBetween, readChangesSince } from './alert-read.ts';
import { readAlertCounts, readAlertStats } from './alert-stats.ts';
import type { Database } from './database.ts';
import { readBookmakerNames, readDeskSummary } from './desk-summary.ts';
import { toAppError } from './errors.ts';
import { readEventHistory } from './event-history.ts';
import { readEvent, readEventList } from './event-list.ts';
import { readEventOdds } from './event-odds.ts';
import type { FairOf } from './fair-of.ts';
import { readOddsBoard } from './odds-board.ts';
import { nextKickoff, passKickoffs, rewindKickoffs } from './kickoff.ts';
import { createMute, liftMute, nextMuteEnd, passMuteEnds, readMutes } from './mute-store.ts';
import { newestHistoryId, readPriceChanges } from './price-changes.ts';
import { eventsInRange, readReplayHistory } from './replay-history.ts';
import { type RetentionDays, retentionStep } from './retention.ts';
import { type ViewSave, createView, deleteView, readViews, replaceView } from './saved-view-store.ts';
import { type SettingsSave, readRevision, readRevisions, readSettings, saveSettings } from './settings-store.ts';
import { readSparklines } from './sparklines.ts';
import { readOddsHead, readWatermark } from './watermark.ts';

export type DeskStore = ReturnType<typeof createDeskStore>;

/**
 * Everything the desk reads, and its small writes, as functions over contract types. Each takes the desk's time
 * in epoch milliseconds, which in a replay is not the server's. Reads go over the reader's connections. They
 * reject with an AppError: `bad_request` where they say so, else what `toAppError` makes of the failure.
 */
export function createDeskStore(
  { reader, writer }: Pick<Database, 'reader' | 'writer'>,
  { fairOf, ...defaults }: { readonly ownBookmaker: string; readonly fairOf: FairOf },
) {
  return {
    listAlerts: (query: AlertQuery, nowMs: number) => told(readAlertList(reader, query, nowMs)),
    alertFacets: (filter: AlertFilter, nowMs: number) => told(readAlertFacets(reader, filter, nowMs)),
    getAlert: (id: AlertId, nowMs: number) => told(readAlert(reader, id, nowMs)),
    alertStats: (nowMs: number) => told(readAlertStats(reader, nowMs)),
    alertCounts: (nowMs: number) => told(readAlertCounts(reader, nowMs)),
    changesSince: (since: number, epoch: string | undefined, nowMs: number) =>
      told(readChangesSince(reader, since, epoch, nowMs)),
    alertsChangedBetween: (fromSeq: number, toSeq: number, nowMs: number) =>
      told(readAlertsChangedBetween(reader, fromSeq, toSeq, nowMs)),
    alertCsv: (query: AlertFilter & { readonly sort?: AlertSort | undefined }, nowMs: number) =>
      toldLines(alertCsvLines(reader, query, nowMs)),

    patchAlert: (id: AlertId, patch: AlertPatch, actor: string | null, nowMs: number) =>
      told(patchAlert(writer, id, patch, actor, nowMs)),
    acknowledgeMany: (request: AcknowledgeRequest, actor: string | null, nowMs: number) =>
      told(acknowledgeMany(writer, request, actor, nowMs)),

    listEvents: (query: EventQuery, nowMs: number) => told(readEventList(reader, query, nowMs)),
    getEvent: (id: EventId, nowMs: number) => told(readEvent(reader, id, nowMs)),
    oddsBoard: (query: OddsBoardQuery, nowMs: number, ownBookmaker: string) =>
      told(readOddsBoard(reader, query, { nowMs, ownBookmaker, fairOf })),
    eventOdds: (id: EventId, ownBookmaker: string) => told(readEventOdds(reader, id, { ownBookmaker, fairOf })),
    eventHistory: (id: EventId, query: HistoryQuery, ownBookmaker: string, nowMs: number) =>
      told(readEventHistory(reader, id, query, { ownBookmaker, fairOf }, nowMs)),
    sparklines: (query: SparklineQuery, nowMs: number) => told(readSparklines(reader, query, nowMs)),

    bookmakerNames: (heardSinceMs: number) => told(readBookmakerNames(reader, heardSinceMs)),
    deskSummary: (nowMs: number, heardSinceMs?: number) => told(readDeskSummary(reader, nowMs, heardSinceMs)),
    watermark: () => told(readWatermark(reader)),
    oddsHead: () => told(readOddsHead(reader)),
    newestHistoryId: () => told(newestHistoryId(reader)),
    priceChanges: (afterHistoryId: number) => told(readPriceChanges(reader, afterHistoryId)),
    readSettings: () => told(readSettings(reader, defaults.ownBookmaker)),
    settingsRevisions: (query: RevisionQuery) => told(readRevisions(reader, query, defaults.ownBookmaker)),
    settingsRevision: (revision: number) => told(readRevision(reader, revision, defaults.ownBookmaker)),
    saveSettings: (settings: Settings, save: Omit<SettingsSave, 'ownBookmaker'>) =>
      told(saveSettings(writer, settings, { ...save, ownBookmaker: defaults.ownBookmaker })),

    listMutes: (query: MuteQuery, nowMs: number) => told(readMutes(reader, query, nowMs)),
    createMute: (request: MuteRequest, actor: string | null, nowMs: number) =>
      told(createMute(writer, request, actor, nowMs)),
    liftMute: (id: number, actor: string | null, nowMs: number) => told(liftMute(writer, id, actor, nowMs)),
    nextMuteEnd: (nowMs: number) => told(nextMuteEnd(reader, nowMs)),
    passMuteEnds: (nowMs: number) => told(passMuteEnds(writer, nowMs)),

    listViews: (nowMs: number) => told(readViews(reader, nowMs)),
    createView: (request: SavedViewRequest, save: ViewSave) => told(createView(writer, request, save)),
    replaceView: (id: number, request: SavedViewRequest, save: ViewSave) =>
      told(replaceView(writer, id, request, save)),
    deleteView: (id: number) => told(deleteView(writer, id)),

    eventsInRange: (range: { fromMs: number; toMs: number }, eventIds: readonly EventId[] | undefined, limit: number) =>
      told(eventsInRange(reader, range, eventIds, limit)),
    replayHistory: (eventId: EventId, range: { fromMs: number; toMs: number; warmUpMs: number }) =>
      told(readReplayHistory(reader, eventId, range)),

    retentionStep: (days: RetentionDays, nowMs: number) => told(retentionStep({ reader, writer }, days, nowMs)),

    nextKickoff: (nowMs: number) => told(nextKickoff(reader, nowMs)),
    passKickoffs: (nowMs: number) => told(passKickoffs(writer, nowMs)),
    rewindKickoffs: (nowMs: number) => told(rewindKickoffs(writer, nowMs)),
  };
}

async function told<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw toAppError(error);
  }
}

async function* toldLines(lines: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* lines;
  } catch (error) {
    throw toAppError(error);
  }
}
