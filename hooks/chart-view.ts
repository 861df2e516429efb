import {
  createSerializer,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsIsoDateTime,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import type { Alert } from '../contracts/alert.ts';
import { MARKETS } from '../contracts/market.ts';

/** What a chart's prices are told in: as offered, or as probabilities without the margin. */
export const CHART_SCALES = ['odds', 'fair'] as const;
export type ChartScale = (typeof CHART_SCALES)[number];

/** Everything that an event's page keeps in its address. */
export const chartViewParsers = {
  market: parseAsStringLiteral(MARKETS),
  line: parseAsFloat,
  outcome: parseAsString,
  scale: parseAsStringLiteral(CHART_SCALES).withDefault('odds'),
  consensus: parseAsBoolean.withDefault(false),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  alert: parseAsInteger,
};

const serialize = createSerializer(chartViewParsers);

/** The event's page with an alert's outcome selected and its marker highlighted. */
export function eventAddress(alert: Pick<Alert, 'id' | 'eventId' | 'market' | 'line' | 'outcome'>): string {
  const { id, eventId, market, line, outcome } = alert;
  return serialize(`/events/${eventId}`, { market, line, outcome, alert: id });
}
