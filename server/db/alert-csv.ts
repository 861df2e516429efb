import type { AlertFilter, AlertSort } from '../../contracts/alert-query.ts';
import type { Alert } from '../../contracts/alert.ts';
import { alertConditions } from './alert-filter.ts';
import { alertKeys, cursorAfter, foundOrder } from './alert-page.ts';
import { type AlertRow, alertColumns, alertsFound, toAlert } from './alert-row.ts';
import { type CsvCell, csvLine } from './csv-line.ts';
import { resolveNames } from './filter-names.ts';
import type { Reader } from './query.ts';

/** So many alerts are in memory at once, however long the file. */
const ALERTS_PER_READ = 1_000;

const COLUMNS: readonly (readonly [name: string, cell: (alert: Alert) => CsvCell])[] = [
  ['id', (alert) => alert.id],
  ['status', (alert) => alert.status],
  ['muted', (alert) => (alert.muted ? 'yes' : 'no')],
  ['severity', (alert) => alert.severity],
  ['type', (alert) => alert.type],
  ['detectedAt', (alert) => alert.detectedAt],
  ['updatedAt', (alert) => alert.updatedAt],
  ['kickoff', (alert) => alert.event.kickoff],
  ['sport', (alert) => alert.event.sport],
  ['country', (alert) => alert.event.country],
  ['league', (alert) => alert.event.league],
  ['home', (alert) => alert.event.home],
  ['away', (alert) => alert.event.away],
  ['eventId', (alert) => alert.eventId],
  ['bookmaker', (alert) => alert.bookmaker],
  ['market', (alert) => alert.market],
  ['line', (alert) => alert.line],
  ['outcome', (alert) => alert.outcome],
  ['oldOdds', (alert) => alert.oldOdds],
  ['newOdds', (alert) => alert.newOdds],
  ['changePercent', (alert) => alert.changePercent],
  ['probabilityPoints', (alert) => alert.probabilityPoints],
  ['competitor', (alert) => alert.competitor?.bookmaker ?? null],
  ['competitorOldOdds', (alert) => alert.competitor?.oldOdds ?? null],
  ['competitorNewOdds', (alert) => alert.competitor?.newOdds ?? null],
  ['competitorDirection', (alert) => alert.competitor?.direction ?? null],
  ['availability', (alert) => alert.availability],
  ['occurrences', (alert) => alert.occurrences],
  ['acknowledgedAt', (alert) => alert.acknowledgedAt],
  ['acknowledgedBy', (alert) => alert.acknowledgedBy],
  ['note', (alert) => alert.note],
];

/**
 * The alerts that match as lines of a CSV file, its header first, read page by page as they are asked for.
 * Statuses are those of `nowMs` from the first line to the last; what is added meanwhile is left out or in, but
 * no alert comes twice.
 */
export async function* alertCsvLines(
  reader: Reader,
  query: AlertFilter & { readonly sort?: AlertSort | undefined },
  nowMs: number,
): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([name]) => name));
  const sort = query.sort ?? 'detected';
  const conditions = alertConditions(query, await resolveNames(reader, query), nowMs);
  let cursor: string | undefined;
  for (;;) {
    const keys = alertKeys({ conditions, sort, cursor, limit: ALERTS_PER_READ });
    const rows = await reader.$queryRaw<AlertRow[]>`
      SELECT ${alertColumns(nowMs)} FROM ${alertsFound(keys)} ORDER BY ${foundOrder(sort)}`;
    const alerts = rows.map((row) => toAlert(row, nowMs));
    for (const alert of alerts) yield csvLine(COLUMNS.map(([, cell]) => cell(alert)));
    const last = alerts.at(-1);
    if (last === undefined || alerts.length < ALERTS_PER_READ) return;
    cursor = cursorAfter(last, sort);
  }
}
