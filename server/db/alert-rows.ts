import { severityRank } from '../../contracts/alert-words.ts';
import type { AlertToStore } from '../ingest/price-store.ts';
import { Prisma } from './generated/client.ts';
import { isMuted } from './mute-condition.ts';

/** Whether an alert found again speaks of another price than the stored one; those about many prices never do. */
const SPEAKS_OF_ANOTHER = Prisma.sql`(excluded.outcome IS DISTINCT FROM alert.outcome
  OR (excluded.outcome IS NOT NULL AND (excluded.bookmaker_id, excluded.market, excluded.line)
    IS DISTINCT FROM (alert.bookmaker_id, alert.market, alert.line)))`;

const offersOf = (row: string): Prisma.Sql =>
  Prisma.raw(`coalesce((${row}.explanation -> 'severityInputs' ->> 'offers')::int, 1)`);
/** Whether an alert about several offers of a book names more of them than the stored one. */
const SAYS_MORE = Prisma.sql`${offersOf('excluded')} > ${offersOf('alert')}`;

/**
 * Inserts alerts with one seq each from `firstSeq` on. An alert whose key is stored already is that alert found
 * again: when it got worse it is new again for whoever had acknowledged it, and says so; when it only happened once
 * more it counts that and stays as it is. A move may come to be told of another price than the one that named it; a
 * summary of many names another book or market only when it gets worse.
 * Returns `{ alert_key, inserted, muted }` of the alerts that changed.
 */
export function upsertAlerts(alerts: readonly AlertToStore[], firstSeq: number, now: Date): Prisma.Sql {
  const rows = alerts.map((alert, index) => ({
    alert_key: alert.alertKey,
    event_id: alert.eventId,
    bookmaker_id: alert.bookmakerId,
    market: alert.market,
    line: alert.line,
    outcome: alert.outcome,
    type: alert.type,
    severity: severityRank(alert.severity),
    kickoff: new Date(alert.kickoffMs),
    change_basis_points: alert.changeBasisPoints,
    probability_basis_points: alert.probabilityBasisPoints,
    old_milli_odds: alert.oldMilliOdds,
    new_milli_odds: alert.newMilliOdds,
    competitor: alert.competitor,
    availability: alert.availability,
    occurrences: alert.occurrences,
    explanation: alert.explanation,
    seq: firstSeq + index,
  }));
  return Prisma.sql`
    INSERT INTO alert (alert_key, event_id, league_id, bookmaker_id, market, line, outcome, type, severity, kickoff,
      change_basis_points, probability_basis_points, old_milli_odds, new_milli_odds, competitor, availability,
      occurrences, explanation, detected_at, updated_at, seq)
    SELECT alert_key, event_id, (SELECT event.league_id FROM event WHERE event.id = event_id), bookmaker_id, market, line, outcome, type, severity, kickoff,
      change_basis_points, probability_basis_points, old_milli_odds, new_milli_odds, competitor, availability,
      occurrences, explanation, ${now}, ${now}, seq
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
      alert_key text, event_id int, bookmaker_id int, market text, line float8, outcome text, type alert_type,
      severity smallint, kickoff timestamptz, change_basis_points int, probability_basis_points int,
      old_milli_odds int, new_milli_odds int, competitor jsonb, availability alert_availability,
      occurrences int, explanation jsonb, seq bigint)
    ON CONFLICT (alert_key) DO UPDATE SET
      occurrences = greatest(alert.occurrences, excluded.occurrences),
      updated_at = excluded.updated_at,
      seq = excluded.seq,
      severity = greatest(alert.severity, excluded.severity),
      outcome = excluded.outcome,
      (change_basis_points, probability_basis_points, old_milli_odds, new_milli_odds, competitor, explanation,
        bookmaker_id, market, line, type, availability) = (
        SELECT column2, column3, column4, column5, column6, column7, column8, column9, column10, column11, column12
        FROM (VALUES
          (TRUE, excluded.change_basis_points, excluded.probability_basis_points, excluded.old_milli_odds,
            excluded.new_milli_odds, excluded.competitor, excluded.explanation || jsonb_build_object('openedAt',
              coalesce(alert.explanation -> 'openedAt', alert.explanation -> 'observedAt')),
            excluded.bookmaker_id, excluded.market, excluded.line, excluded.type, excluded.availability),
          (FALSE, alert.change_basis_points, alert.probability_basis_points, alert.old_milli_odds,
            alert.new_milli_odds, alert.competitor, alert.explanation,
            alert.bookmaker_id, alert.market, alert.line, alert.type, alert.availability)
        ) AS newer
        WHERE newer.column1 = (excluded.severity > alert.severity OR ${SPEAKS_OF_ANOTHER} OR ${SAYS_MORE})),
      (acknowledged_at, acknowledged_by, worsened_at) = (
        SELECT column2, column3, column4 FROM (VALUES
          (TRUE, NULL::timestamptz, NULL::text,
            CASE WHEN alert.acknowledged_at IS NULL THEN alert.worsened_at ELSE excluded.updated_at END),
          (FALSE, alert.acknowledged_at, alert.acknowledged_by, alert.worsened_at)
        ) AS worse WHERE worse.column1 = (excluded.severity > alert.severity))
    WHERE excluded.severity > alert.severity OR excluded.occurrences > alert.occurrences
      OR ${SPEAKS_OF_ANOTHER} OR ${SAYS_MORE}
    RETURNING alert_key, (xmax = 0) AS inserted, ${isMuted(now.getTime())} AS muted`;
}

/** Moves the kickoff and league that alerts carry to their event's; one seq for all of them. */
export function moveAlertKickoffs(eventIds: readonly number[], seq: number, now: Date): Prisma.Sql {
  return Prisma.sql`
    UPDATE alert SET kickoff = event.kickoff, league_id = event.league_id, seq = ${seq}, updated_at = ${now}
    FROM event WHERE event.id = ANY(${[...eventIds]}::int[]) AND alert.event_id = event.id
      AND (alert.kickoff <> event.kickoff OR alert.league_id <> event.league_id)`;
}
