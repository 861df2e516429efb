import {
  type Alert,
  type AlertType,
  type Availability,
  type Severity,
  competitorMoveSchema,
} from '../../contracts/alert.ts';
import { SEVERITIES, alertStatus } from '../../contracts/alert-words.ts';
import { alertIdSchema, eventIdSchema } from '../../contracts/ids.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import { marketSchema } from '../../contracts/market-schema.ts';
import { Prisma } from './generated/client.ts';
import { isMuted } from './mute-condition.ts';

/** An alert as `alertColumns` selects it. */
export type AlertRow = {
  readonly id: bigint;
  readonly eventId: number;
  readonly home: string;
  readonly away: string;
  readonly league: string;
  readonly country: string;
  readonly sport: string;
  readonly kickoff: Date;
  readonly bookmaker: string;
  readonly market: string;
  readonly line: number | null;
  readonly outcome: string | null;
  readonly type: AlertType;
  readonly severity: number;
  readonly changeBasisPoints: number | null;
  readonly probabilityBasisPoints: number | null;
  readonly oldMilliOdds: number | null;
  readonly newMilliOdds: number | null;
  readonly competitor: unknown;
  readonly availability: Availability | null;
  readonly occurrences: number;
  readonly detectedAt: Date;
  readonly updatedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly worsenedAt: Date | null;
  readonly note: string | null;
  readonly seq: bigint;
  readonly muted: boolean;
};

/** The columns of an alert as it stands at `nowMs`, from the tables of `alertsFound`. */
export const alertColumns = (nowMs: number): Prisma.Sql => Prisma.sql`
  alert.id, alert.event_id AS "eventId", described.home, described.away, described.league, described.country,
  described.sport, alert.kickoff, bookmaker.name AS bookmaker, alert.market, alert.line, alert.outcome, alert.type,
  alert.severity, alert.change_basis_points AS "changeBasisPoints",
  alert.probability_basis_points AS "probabilityBasisPoints", alert.old_milli_odds AS "oldMilliOdds",
  alert.new_milli_odds AS "newMilliOdds", alert.competitor, alert.availability, alert.occurrences,
  alert.detected_at AS "detectedAt", alert.updated_at AS "updatedAt", alert.acknowledged_at AS "acknowledgedAt",
  alert.acknowledged_by AS "acknowledgedBy", alert.worsened_at AS "worsenedAt", alert.note, alert.seq,
  ${isMuted(nowMs)} AS muted`;

/**
 * The tables of `alertColumns` for the alerts whose ids a subquery `found` gives. Each event is looked up by
 * its key: LATERAL with a LIMIT cannot be flattened into a join, for which the planner would walk all events
 * as soon as a page is long.
 */
export const alertsFound = (found: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (${found}) AS found
  JOIN alert ON alert.id = found.id
  CROSS JOIN LATERAL (
    SELECT event.home, event.away, league.name AS league, league.country, league.sport
    FROM event JOIN league ON league.id = event.league_id WHERE event.id = alert.event_id LIMIT 1
  ) AS described
  JOIN bookmaker ON bookmaker.id = alert.bookmaker_id`;

export const severityOf = (rank: number): Severity => {
  const severity = SEVERITIES[rank];
  if (severity === undefined)
    throw new Error(`expected a severity rank below ${SEVERITIES.length}, the database has ${rank}`);
  return severity;
};

/** Every severity that occurs, once, the worst first. */
export const severitiesOf = (ranks: Iterable<number>): Severity[] =>
  [...new Set(ranks)].toSorted((left, right) => right - left).map(severityOf);

const odds = (milliOdds: number | null): number | null => (milliOdds === null ? null : fromMilliOdds(milliOdds));
const hundredths = (basisPoints: number | null): number | null => (basisPoints === null ? null : basisPoints / 100);

/** The alert as it stands at `nowMs`. */
export function toAlert(row: AlertRow, nowMs: number): Alert {
  return {
    id: alertIdSchema.parse(Number(row.id)),
    eventId: eventIdSchema.parse(row.eventId),
    event: {
      home: row.home,
      away: row.away,
      league: row.league,
      country: row.country,
      sport: row.sport,
      kickoff: row.kickoff.toISOString(),
    },
    bookmaker: row.bookmaker,
    market: marketSchema.parse(row.market),
    line: row.line,
    outcome: row.outcome,
    type: row.type,
    severity: severityOf(row.severity),
    status: alertStatus({ kickoffMs: row.kickoff.getTime(), acknowledged: row.acknowledgedAt !== null }, nowMs),
    muted: row.muted,
    changePercent: hundredths(row.changeBasisPoints),
    probabilityPoints: hundredths(row.probabilityBasisPoints),
    oldOdds: odds(row.oldMilliOdds),
    newOdds: odds(row.newMilliOdds),
    competitor: row.competitor === null ? null : competitorMoveSchema.parse(row.competitor),
    availability: row.availability,
    occurrences: row.occurrences,
    detectedAt: row.detectedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedBy,
    worsenedAt: row.worsenedAt?.toISOString() ?? null,
    note: row.note,
    seq: Number(row.seq),
  };
}
