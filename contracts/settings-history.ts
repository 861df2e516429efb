import { z } from 'zod';
import { isoInstantSchema } from './ids.ts';
import { settingsAnswerSchema, settingsSchema } from './settings.ts';

export const MAX_REVISIONS_PER_PAGE = 100;

const revisionShape = {
  /** Grows with every change of this desk's settings; 0 while the defaults hold. */
  revision: z.int().nonnegative(),
  changedAt: isoInstantSchema.nullable(),
  changedBy: z.string().nullable(),
};

/** The settings in force, and who put them there when. The answer's ETag is the revision. */
export const settingsInForceSchema = settingsAnswerSchema.extend(revisionShape);
export type SettingsInForce = z.infer<typeof settingsInForceSchema>;

/** `GET /api/settings/revisions/:revision`: the settings as that revision left them; 0 are the defaults. */
export const settingsOfRevisionSchema = z.object({ settings: settingsSchema, ...revisionShape });
export type SettingsOfRevision = z.infer<typeof settingsOfRevisionSchema>;

/** One field that a revision changed; a value is left out where the field was not there. */
export const settingsChangeSchema = z.object({
  field: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** One stored revision, and what it changed of the one before it (of the defaults, when it was the first). */
export const settingsRevisionSchema = z.object({
  revision: z.int().positive(),
  changedAt: isoInstantSchema,
  changedBy: z.string().nullable(),
  changes: z.array(settingsChangeSchema),
});
export type SettingsRevision = z.infer<typeof settingsRevisionSchema>;

/** `GET /api/settings/revisions`: the newest first. */
export const revisionQuerySchema = z.strictObject({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(MAX_REVISIONS_PER_PAGE)).default(50),
});
export type RevisionQuery = z.infer<typeof revisionQuerySchema>;

export const revisionListSchema = z.object({
  revisions: z.array(settingsRevisionSchema),
  nextCursor: z.string().nullable(),
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type RevisionList = z.infer<typeof revisionListSchema>;

/** `details` of the 409 that a save over somebody else's change is answered with. */
export const settingsConflictSchema = z.object({
  current: settingsInForceSchema,
  /** The revisions that came since, the newest first, as far as they fit. */
  meanwhile: z.array(settingsRevisionSchema),
});
export type SettingsConflict = z.infer<typeof settingsConflictSchema>;
