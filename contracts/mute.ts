import { z } from 'zod';
import { alertEventSchema } from './alert.ts';
import { eventIdSchema, isoInstantSchema } from './ids.ts';
import { marketSchema } from './market-schema.ts';
import { MAX_MUTES_PER_PAGE, MAX_REASON_CHARACTERS } from './limits.ts';
import { instantSchema, nameSchema, textSchema } from './text.ts';

/** Mutes that may be in force at once; beyond it a wider scope says the same. */
export const MAX_MUTES_IN_FORCE = 1_000;

const eventScopeSchema = z.strictObject({ kind: z.literal('event'), eventId: eventIdSchema });
const leagueScopeSchema = z.strictObject({
  kind: z.literal('league'),
  sport: nameSchema,
  country: nameSchema,
  league: nameSchema,
});
const bookmakerScopeSchema = z.strictObject({ kind: z.literal('bookmaker'), bookmaker: nameSchema });
/** A market of one event, or with `eventId` null that market everywhere. */
const marketScopeSchema = z.strictObject({
  kind: z.literal('market'),
  market: marketSchema,
  eventId: eventIdSchema.nullable().default(null),
});

/** Which alerts: by what they are about. Alerts of a bookmaker are those about its prices. */
export const muteScopeSchema = z.discriminatedUnion('kind', [
  eventScopeSchema,
  leagueScopeSchema,
  bookmakerScopeSchema,
  marketScopeSchema,
]);
export type MuteScope = z.infer<typeof muteScopeSchema>;

/** The event that a scope is bound to, whose kickoff can end it. */
export function scopeEventId(scope: MuteScope) {
  switch (scope.kind) {
    case 'event':
    case 'market':
      return scope.eventId;
    case 'league':
    case 'bookmaker':
      return null;
  }
}

/** `POST /api/mutes`. `until` is an instant ahead, or `kickoff` where the scope has an event. */
export const muteRequestSchema = z
  .strictObject({
    scope: muteScopeSchema,
    until: z.union([z.literal('kickoff'), instantSchema]),
    /** Empty for none. */
    reason: textSchema({ min: 0, max: MAX_REASON_CHARACTERS }).default(''),
  })
  .superRefine(({ scope, until }, context) => {
    if (until === 'kickoff' && scopeEventId(scope) === null) {
      context.addIssue({
        code: 'custom',
        path: ['until'],
        message: 'expected an instant, as only a mute of an event can end with its kickoff',
      });
    }
  });
export type MuteRequest = z.infer<typeof muteRequestSchema>;
export type MuteRequestInput = z.input<typeof muteRequestSchema>;

/** Derived, never stored: `lifted` by a trader, else `over` from its end on, else in force. */
export const MUTE_STATES = ['in_force', 'over', 'lifted'] as const;

/** One mute. `endsAt` is the instant that `until` stands for now: a kickoff moves. */
export const muteSchema = z.object({
  id: z.int().positive(),
  scope: muteScopeSchema,
  /** The match, where the scope has one. */
  event: alertEventSchema.nullable(),
  until: z.union([z.literal('kickoff'), isoInstantSchema]),
  endsAt: isoInstantSchema,
  state: z.enum(MUTE_STATES),
  reason: z.string(),
  mutedAt: isoInstantSchema,
  mutedBy: z.string().nullable(),
  liftedAt: isoInstantSchema.nullable(),
  liftedBy: z.string().nullable(),
});
export type Mute = z.infer<typeof muteSchema>;

const watermarkShape = { epoch: z.string(), seq: z.int().nonnegative() };

/** `GET /api/mutes`: those in force, or with `state=all` every one there is, the newest first. */
export const muteQuerySchema = z.strictObject({
  state: z.enum(['in_force', 'all']).default('in_force'),
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(MAX_MUTES_PER_PAGE)).default(MAX_MUTES_PER_PAGE),
});
export type MuteQuery = z.infer<typeof muteQuerySchema>;

/** `mutedAlerts` counts the alerts that would be new and are muted, by whichever mute. */
export const muteListSchema = z.object({
  mutes: z.array(muteSchema),
  nextCursor: z.string().nullable(),
  mutedAlerts: z.int().nonnegative(),
  ...watermarkShape,
});
export type MuteList = z.infer<typeof muteListSchema>;

/** The answer to muting and unmuting. `alerts` went quiet by it, or came back. */
export const muteAnswerSchema = z.object({ mute: muteSchema, alerts: z.int().nonnegative(), ...watermarkShape });
export type MuteAnswer = z.infer<typeof muteAnswerSchema>;

export const muteIdSchema = z.int().positive().max(2_147_483_647);
