import { z } from 'zod';
import { MARKETS_WITH_LINE, MAX_ODDS, MIN_ODDS, roundLine } from './market.ts';
import { marketSchema } from './market-schema.ts';
import { nameSchema } from './text.ts';

/** Years in which prices and matches can lie; a time outside them is a fault in the feed. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2099;
const isInOurTime = (instant: string): boolean => {
  const year = Number(instant.slice(0, 4));
  return year >= FIRST_YEAR && year <= LAST_YEAR;
};
const feedInstantSchema = z.iso
  .datetime({ offset: true })
  .refine(isInOurTime, `expected a time in the years ${FIRST_YEAR} to ${LAST_YEAR}`);

export const snapshotOutcomeSchema = z.object({
  name: nameSchema,
  odds: z.number().min(MIN_ODDS).max(MAX_ODDS),
  suspended: z.boolean().optional(),
});

/**
 * One bookmaker's prices for one market of one event at one time: a line of a feed and of a recorded file.
 * `t` is when it was polled, `upd` when the bookmaker changed it, `event` the producer's id of the match.
 * A suspended market may come without outcomes. Fields that we do not know are ignored.
 */
export const snapshotSchema = z
  .object({
    t: feedInstantSchema,
    event: nameSchema,
    home: nameSchema,
    away: nameSchema,
    league: nameSchema,
    country: nameSchema,
    sport: nameSchema,
    kickoff: feedInstantSchema,
    bookmaker: nameSchema,
    market: marketSchema,
    line: z.number().min(-10_000).max(10_000).overwrite(roundLine).nullable(),
    outcomes: z.array(snapshotOutcomeSchema).max(64),
    suspended: z.boolean(),
    upd: feedInstantSchema.optional(),
  })
  .superRefine((snapshot, context) => {
    const needsLine = MARKETS_WITH_LINE.has(snapshot.market);
    if (needsLine !== (snapshot.line !== null)) {
      const expected = needsLine ? 'a number' : 'null';
      context.addIssue({
        code: 'custom',
        path: ['line'],
        message: `expected ${expected} for market ${snapshot.market}`,
      });
    }
    if (!snapshot.suspended && snapshot.outcomes.length < 2) {
      context.addIssue({
        code: 'custom',
        path: ['outcomes'],
        message: 'expected at least 2 outcomes in an open market',
      });
    }
    const names = new Set(snapshot.outcomes.map((outcome) => outcome.name));
    if (names.size !== snapshot.outcomes.length) {
      context.addIssue({ code: 'custom', path: ['outcomes'], message: 'expected every outcome name once' });
    }
  });
export type Snapshot = z.infer<typeof snapshotSchema>;

export const REJECTION_CODES = [
  'not_json',
  'bad_snapshot',
  'line_too_long',
  'too_many_bookmakers',
  'too_far_ahead',
] as const;

/** Index counts the lines (or array elements) of the body from 0, blank lines included. */
export const rejectionSchema = z.object({
  index: z.int().nonnegative(),
  code: z.enum(REJECTION_CODES),
  message: z.string(),
});
export type Rejection = z.infer<typeof rejectionSchema>;

/**
 * The answer to an ingest request, sent after the commit. `accepted` lines were stored, `changed` of them
 * altered a price or a status, `alerts` were opened or became worse. At most `MAX_REJECTIONS_LISTED`
 * rejections are spelt out; `rejectedCount` counts them all.
 */
export const ingestAnswerSchema = z.object({
  accepted: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  alerts: z.int().nonnegative(),
  rejected: z.array(rejectionSchema),
  rejectedCount: z.int().nonnegative(),
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>;
export const MAX_REJECTIONS_LISTED = 1_000;
