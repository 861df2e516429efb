import { z } from 'zod';
import { severitySchema } from './alert.ts';
import { currentQuoteSchema, eventSummarySchema } from './event.ts';
import { alertIdSchema } from './ids.ts';
import { BOARD_MARKETS } from './market.ts';
import { marketSchema } from './market-schema.ts';
import { namesOf } from './query-list.ts';
import { instantSchema, nameSchema } from './text.ts';

export const MAX_BOARD_EVENTS = 50;
const MAX_WITHIN_MINUTES = 60 * 24 * 365;

/** `GET /api/odds`: one market of the matches ahead, by kickoff; those that have begun only when asked for by `from`. */
export const oddsBoardQuerySchema = z.strictObject({
  market: z.enum(BOARD_MARKETS).default('winner'),
  sport: namesOf(nameSchema),
  league: namesOf(nameSchema),
  country: namesOf(nameSchema),
  q: nameSchema.optional(),
  /** Kickoff at or after; without it, from now on. */
  from: instantSchema.optional(),
  /** Kickoff before. */
  to: instantSchema.optional(),
  /** Kickoff within so many minutes from now: a range that moves along, so that one question stays one question. */
  withinMinutes: z.coerce.number().pipe(z.int().min(1).max(MAX_WITHIN_MINUTES)).optional(),
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(MAX_BOARD_EVENTS)).default(MAX_BOARD_EVENTS),
});
export type OddsBoardQuery = z.infer<typeof oddsBoardQuerySchema>;
export type OddsBoardQueryInput = z.input<typeof oddsBoardQuerySchema>;

/** A new alert on one of the prices shown; on all prices of the book where `outcome` is null. */
export const boardAlertSchema = z.object({
  id: alertIdSchema,
  bookmaker: z.string(),
  line: z.number().nullable(),
  outcome: z.string().nullable(),
  severity: severitySchema,
});
export type BoardAlert = z.infer<typeof boardAlertSchema>;

/**
 * One match. `line` is the main line: the own book's, else the one that most books offer. `quotes` has one quote of
 * each book that ever offered the market: of the main line, else of the nearest that it offers, else what it last had.
 */
export const boardEventSchema = eventSummarySchema.extend({
  market: marketSchema,
  line: z.number().nullable(),
  quotes: z.array(currentQuoteSchema),
  newAlerts: z.array(boardAlertSchema),
});
export type BoardEvent = z.infer<typeof boardEventSchema>;

export const boardLeagueSchema = z.object({
  league: z.string(),
  country: z.string(),
  sport: z.string(),
  events: z.int().nonnegative(),
});
export type BoardLeague = z.infer<typeof boardLeagueSchema>;

export const oddsBoardSchema = z.object({
  events: z.array(boardEventSchema),
  /** Every league with matches in the range of kickoffs asked for, whatever else narrows the board. */
  leagues: z.array(boardLeagueSchema),
  nextCursor: z.string().nullable(),
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type OddsBoard = z.infer<typeof oddsBoardSchema>;
