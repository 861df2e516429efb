import type { AcknowledgeRequest, AlertFilter, AlertPatch, AlertQuery, AlertSort } from '../../contracts/alert-query.ts';
import type { EventQuery, HistoryQuery } from '../../contracts/event.ts';
import type { AlertId, EventId } from '../../contracts/ids.ts';
import type { Settings } from '../../contracts/settings.ts';
import { acknowledgeMany, patchAlert } from './alert-acknowledge.ts';
import { alertCsvLines } from './alert-csv.ts';
import { readAlertList } from './alert-list.ts';
import { readAlert, readAlertsChangedBetween, readChangesSince } from './alert-read.ts';
import { readAlertCounts, readAlertStats } from './alert-stats.ts';
import type { Database } from './database.ts';
import { readDeskSummary } from './desk-summary.ts';
import { readEventHistory } from './event-history.ts';
import { readEvent, readEventList } from './event-list.ts';
import { readEventOdds } from './event-odds.ts';
import { nextKickoff, passKickoffs, rewindKickoffs } from './kickoff.ts';
import { readSettings, saveSettings } from './settings-store.ts';
import { readWatermark } from './watermark.ts';

export type DeskStore = ReturnType<typeof createDeskStore>;

/**
 * Everything the desk reads, and its small writes, as functions over contract types. Each takes the desk's time
 * in epoch milliseconds, which in a replay is not the server's. Reads go over the reader's connections.
 */
export function createDeskStore(
  { reader, writer }: Pick<Database, 'reader' | 'writer'>,
  defaults: { readonly ownBookmaker: string },
) {
  return {
    listAlerts: (query: AlertQuery, nowMs: number) => readAlertList(reader, query, nowMs),
    getAlert: (id: AlertId, nowMs: number) => readAlert(reader, id, nowMs),
    alertStats: (nowMs: number) => readAlertStats(reader, nowMs),
    alertCounts: (nowMs: number) => readAlertCounts(reader, nowMs),
    changesSince: (since: number, epoch: string | undefined, nowMs: number) => readChangesSince(reader, since, epoch, nowMs),
    alertsChangedBetween: (fromSeq: number, toSeq: number) => readAlertsChangedBetween(reader, fromSeq, toSeq),
    alertCsv: (query: AlertFilter & { readonly sort?: AlertSort | undefined }, nowMs: number) => alertCsvLines(reader, query, nowMs),

    patchAlert: (id: AlertId, patch: AlertPatch, actor: string | null, nowMs: number) => patchAlert(writer, id, patch, actor, nowMs),
    acknowledgeMany: (request: AcknowledgeRequest, actor: string | null, nowMs: number) =>
      acknowledgeMany(writer, request, actor, nowMs),

    listEvents: (query: EventQuery, nowMs: number) => readEventList(reader, query, nowMs),
    getEvent: (id: EventId, nowMs: number) => readEvent(reader, id, nowMs),
    eventOdds: (id: EventId, ownBookmaker: string) => readEventOdds(reader, id, ownBookmaker),
    eventHistory: (id: EventId, query: HistoryQuery, ownBookmaker: string, nowMs: number) =>
      readEventHistory(reader, id, query, ownBookmaker, nowMs),

    deskSummary: (nowMs: number) => readDeskSummary(reader, nowMs),
    watermark: () => readWatermark(reader),
    readSettings: () => readSettings(reader, defaults.ownBookmaker),
    saveSettings: (settings: Settings, actor: string | null, nowMs: number) => saveSettings(writer, settings, actor, nowMs),

    nextKickoff: (nowMs: number) => nextKickoff(reader, nowMs),
    passKickoffs: (nowMs: number) => passKickoffs(writer, nowMs),
    rewindKickoffs: (nowMs: number) => rewindKickoffs(writer, nowMs),
  };
}
