import { z } from 'zod';
import { MAX_WINDOW_MINUTES } from './alert-windows.ts';
import { alertCountsSchema, alertSchema, alertStatusSchema, alertTypeSchema, severitySchema } from './alert.ts';
import { ALERT_SORTS } from './alert-words.ts';
import { alertIdSchema, eventIdSchema } from './ids.ts';
import { marketSchema } from './market-schema.ts';
import { listOf, namesOf } from './query-list.ts';
import { DEFAULT_ALERTS_PER_PAGE, MAX_ALERTS_PER_PAGE, MAX_IDS_PER_REQUEST } from './limits.ts';
import { instantSchema, nameSchema, textSchema } from './text.ts';

/** `true` or `false`, as a query string writes it or as JSON does. */
const flagSchema = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean().optional(),
);

const minutesSchema = z.coerce.number<string | number>().pipe(z.int().min(1).max(MAX_WINDOW_MINUTES));

const filterShape = {
  status: listOf(alertStatusSchema),
  severity: listOf(severitySchema),
  type: listOf(alertTypeSchema),
  eventId: listOf(z.coerce.number().pipe(eventIdSchema)),
  bookmaker: namesOf(nameSchema),
  sport: namesOf(nameSchema),
  league: namesOf(nameSchema),
  country: namesOf(nameSchema),
  market: listOf(marketSchema),
  /** Only those that a mute keeps quiet, or only the others. Left out, `new` means new and not muted. */
  muted: flagSchema,
  /** Detected at or after. */
  from: instantSchema.optional(),
  /** Detected before. */
  to: instantSchema.optional(),
  /** Kickoff at or after. */
  kickoffFrom: instantSchema.optional(),
  /** Kickoff before. */
  kickoffTo: instantSchema.optional(),
  /** Kickoff no further ahead than so many minutes: a window that moves along with the clock. */
  kickoffWithin: minutesSchema.optional(),
  /** Detected no longer ago than so many minutes. */
  detectedWithin: minutesSchema.optional(),
  /** Every word must begin a word of the teams, league, country or bookmaker. */
  q: nameSchema.optional(),
};

type Ranges = Readonly<Partial<Record<'from' | 'to' | 'kickoffFrom' | 'kickoffTo', string | undefined>>>;
const isForward = (from: string | undefined, to: string | undefined): boolean =>
  from === undefined || to === undefined || Date.parse(from) < Date.parse(to);

/** Both ranges of a filter must end after they begin. */
function refuseBackward({ from, to, kickoffFrom, kickoffTo }: Ranges, context: z.RefinementCtx): void {
  if (!isForward(from, to))
    context.addIssue({ code: 'custom', path: ['to'], message: 'expected `to` to be later than `from`' });
  if (!isForward(kickoffFrom, kickoffTo)) {
    const message = 'expected `kickoffTo` to be later than `kickoffFrom`';
    context.addIssue({ code: 'custom', path: ['kickoffTo'], message });
  }
}

/** Which alerts: an unknown name or a misspelt value is refused, never an empty list. */
export const alertFilterSchema = z.strictObject(filterShape).superRefine(refuseBackward);
export type AlertFilter = z.infer<typeof alertFilterSchema>;
/** The filter as a caller writes it. */
export type AlertFilterInput = z.input<typeof alertFilterSchema>;

/** Whether what matches changes with the clock alone. */
export const isOfTheClock = ({ kickoffWithin, detectedWithin }: AlertFilter): boolean =>
  kickoffWithin !== undefined || detectedWithin !== undefined;

/** `GET /api/alerts`: filter, order and one page of it. The cursor is opaque and belongs to its sort. */
export const alertQuerySchema = z
  .strictObject({
    ...filterShape,
    sort: z.enum(ALERT_SORTS).default('detected'),
    cursor: z.string().min(1).max(200).optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(MAX_ALERTS_PER_PAGE)).default(DEFAULT_ALERTS_PER_PAGE),
  })
  .superRefine(refuseBackward);
export type AlertQuery = z.infer<typeof alertQuerySchema>;
/** The query as a caller writes it, before defaults. */
export type AlertQueryInput = z.input<typeof alertQuerySchema>;
export type AlertSort = (typeof ALERT_SORTS)[number];

const watermarkShape = { epoch: z.string(), seq: z.int().nonnegative() };

/** `counts` are of all alerts that match the filter without its `status`, so that every tab has its number. */
export const alertListSchema = z.object({
  alerts: z.array(alertSchema),
  nextCursor: z.string().nullable(),
  counts: alertCountsSchema,
  ...watermarkShape,
});
export type AlertList = z.infer<typeof alertListSchema>;

export const alertStatsSchema = z.object({
  total: z.int().nonnegative(),
  byStatus: alertCountsSchema,
  bySeverity: z.record(severitySchema, z.int().nonnegative()),
  byType: z.record(alertTypeSchema, z.int().nonnegative()),
  /** Of the new alerts only: what the badge takes its colour from. */
  newBySeverity: z.record(severitySchema, z.int().nonnegative()),
  /** Would be new, and is muted: in `total`, in no status. */
  muted: z.int().nonnegative(),
  ...watermarkShape,
});
export type AlertStats = z.infer<typeof alertStatsSchema>;

/** `GET /api/alerts/changes?since=SEQ&epoch=EPOCH`. */
export const alertChangesQuerySchema = z.strictObject({
  since: z.coerce.number().pipe(z.int().nonnegative()),
  epoch: z.string().min(1).max(100).optional(),
});

/** Every alert whose last change came after `since`, or `reset` when that cannot be said wholly. */
export const alertChangesSchema = z.discriminatedUnion('reset', [
  z.object({ reset: z.literal(false), alerts: z.array(alertSchema), counts: alertCountsSchema, ...watermarkShape }),
  z.object({ reset: z.literal(true), ...watermarkShape }),
]);
export type AlertChanges = z.infer<typeof alertChangesSchema>;
/** Beyond this many changed alerts a refetch is cheaper than a list of changes. */
export const MAX_CHANGES_PER_ANSWER = 500;

const noteSchema = textSchema({ min: 0, max: 2_000 });

/** `PATCH /api/alerts/:id`. A note left out keeps the one that is there; an empty one removes it. */
export const alertPatchSchema = z.strictObject({ acknowledged: z.boolean(), note: noteSchema.optional() });
export type AlertPatch = z.infer<typeof alertPatchSchema>;

/**
 * `POST /api/alerts/acknowledge`: by ids or by filter, never both. `acknowledged: false` takes it back: only by ids, as
 * what a filter finds now is not what it found then.
 */
export const acknowledgeRequestSchema = z.union([
  z.strictObject({
    ids: z.array(alertIdSchema).min(1).max(MAX_IDS_PER_REQUEST),
    acknowledged: z.boolean().optional(),
    note: noteSchema.optional(),
  }),
  z.strictObject({ filter: alertFilterSchema, note: noteSchema.optional() }),
]);
export type AcknowledgeRequest = z.infer<typeof acknowledgeRequestSchema>;

/** `acknowledged` counts alerts that changed; those already acknowledged or past are left as they were. */
export const acknowledgeAnswerSchema = z.object({
  acknowledged: z.int().nonnegative(),
  ids: z.array(alertIdSchema),
  ...watermarkShape,
});
export type AcknowledgeAnswer = z.infer<typeof acknowledgeAnswerSchema>;
