import { z } from 'zod';
import { alertFilterSchema } from './alert-query.ts';
import { ALERT_SORTS } from './alert-words.ts';
import { isoInstantSchema } from './ids.ts';
import { MAX_VIEW_NAME_CHARACTERS } from './limits.ts';
import { nameSchema } from './text.ts';

/** Views that the desk keeps; each has its count, so that they cannot be without end. */
export const MAX_SAVED_VIEWS = 50;

/** What a view keeps: which alerts, of whatever tab, and in which order. */
export const viewQuerySchema = z.strictObject({
  filter: alertFilterSchema.refine((filter) => filter.status === undefined, {
    path: ['status'],
    message: 'expected no status, as a view is of every tab',
  }),
  sort: z.enum(ALERT_SORTS).default('detected'),
});

/** `POST /api/views` and `PUT /api/views/:id`. A name is there once, whatever its case. */
export const savedViewRequestSchema = z.strictObject({
  name: nameSchema.max(MAX_VIEW_NAME_CHARACTERS),
  ...viewQuerySchema.shape,
});
export type SavedViewRequest = z.infer<typeof savedViewRequestSchema>;
export type SavedViewRequestInput = z.input<typeof savedViewRequestSchema>;

export const savedViewIdSchema = z.int().positive().max(2_147_483_647);

/** A filter that the whole desk shares under a name. `newAlerts` counts what stands in New under it. */
export const savedViewSchema = z.object({
  id: savedViewIdSchema,
  name: z.string(),
  filter: alertFilterSchema,
  sort: z.enum(ALERT_SORTS),
  newAlerts: z.int().nonnegative(),
  savedAt: isoInstantSchema,
  savedBy: z.string().nullable(),
});
export type SavedView = z.infer<typeof savedViewSchema>;

const watermarkShape = { epoch: z.string(), seq: z.int().nonnegative() };

/** `GET /api/views`: all of them by name. */
export const savedViewListSchema = z.object({ views: z.array(savedViewSchema), ...watermarkShape });
export type SavedViewList = z.infer<typeof savedViewListSchema>;

/** The answer to saving and deleting. */
export const savedViewAnswerSchema = z.object({ id: savedViewIdSchema, ...watermarkShape });
export type SavedViewAnswer = z.infer<typeof savedViewAnswerSchema>;
