import { z } from 'zod';

/** Our integer id of a match. The producer's own id travels as `event` in a snapshot and is kept beside it. */
export const eventIdSchema = z.int().positive().brand<'EventId'>();
export type EventId = z.infer<typeof eventIdSchema>;

/** Id of one stored alert; grows with time, fits a double exactly. */
export const alertIdSchema = z.int().positive().brand<'AlertId'>();
export type AlertId = z.infer<typeof alertIdSchema>;

/** An instant on the wire: ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const isoInstantSchema = z.iso.datetime();
export type IsoInstant = z.infer<typeof isoInstantSchema>;
