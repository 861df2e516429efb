import { z } from 'zod';
import { alertTypeSchema, severitySchema } from './alert.ts';
import { marketSchema } from './market-schema.ts';

/** Leagues, and likewise countries and sports, that one answer names; beyond it those with the most alerts. */
export const MAX_FACET_VALUES = 500;

const alertsShape = { alerts: z.int().nonnegative() };
const facetOf = <Value extends z.ZodType>(value: Value) => z.array(z.object({ value, ...alertsShape }));
const nameFacetSchema = facetOf(z.string());
const windowFacetSchema = z.array(z.object({ minutes: z.int().positive(), ...alertsShape }));

/**
 * `GET /api/alerts/facets`: how many alerts each value of a filter would leave, under all the other filters in
 * force. Severities, types, markets, bookmakers and windows are all named; leagues, countries and sports are those
 * of the alerts with the filter's status. What has none at the moment is there with 0.
 */
export const alertFacetsSchema = z.object({
  /** Alerts that the whole filter leaves. */
  total: z.int().nonnegative(),
  severity: facetOf(severitySchema),
  type: facetOf(alertTypeSchema),
  market: facetOf(marketSchema),
  bookmaker: nameFacetSchema,
  league: nameFacetSchema,
  country: nameFacetSchema,
  sport: nameFacetSchema,
  kickoffWithin: windowFacetSchema,
  detectedWithin: windowFacetSchema,
  /** How many muted ones there would be. */
  muted: z.int().nonnegative(),
  /** Names in the filter that the desk has never heard of. */
  unknown: z.object({
    bookmaker: z.array(z.string()),
    league: z.array(z.string()),
    country: z.array(z.string()),
    sport: z.array(z.string()),
  }),
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type AlertFacets = z.infer<typeof alertFacetsSchema>;
