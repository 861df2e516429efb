import { z } from 'zod';
import { alertCountsSchema, severitySchema } from './alert.ts';
import { SEVERITIES } from './alert-words.ts';
import { bookmakerFeedSchema } from './feed.ts';
import { eventIdSchema, isoInstantSchema } from './ids.ts';
import type { Watermark } from './watermark.ts';
import { watermarkSchema } from './watermark-schema.ts';

export const HEARTBEAT_MS = 5_000;
/** At most this many ids ride on one notification; beyond it `truncated` says so. */
export const MAX_EVENT_IDS = 50;

export const TOPICS = ['risk_alerts', 'odds_updates', 'feed_status'] as const;
export const topicSchema = z.enum(TOPICS);
export type Topic = z.infer<typeof topicSchema>;

/** What a browser may hand over at the handshake. Without topics it hears all of them. */
export const handshakeAuthSchema = z.object({ topics: z.array(topicSchema).max(TOPICS.length).optional() });
export const subscriptionSchema = z.strictObject({ topics: z.array(topicSchema).min(1).max(TOPICS.length) });
export type Subscription = z.infer<typeof subscriptionSchema>;

export const riskAlertDataSchema = z.object({
  alert_count: z.int().nonnegative(),
  event_ids: z.array(eventIdSchema).max(MAX_EVENT_IDS),
  truncated: z.literal(true).optional(),
  /** Every severity among them once, the worst first. */
  severities: z.array(severitySchema).max(SEVERITIES.length),
  epoch: z.string(),
  seq: z.int().nonnegative(),
  counts: alertCountsSchema,
});
export type RiskAlertData = z.infer<typeof riskAlertDataSchema>;

const envelope = <Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.object({ type: z.literal(type), timestamp: isoInstantSchema, data });

export const riskAlertEnvelopeSchema = envelope('risk_alert', riskAlertDataSchema);
export type RiskAlertMessage = z.infer<typeof riskAlertEnvelopeSchema>;

export const oddsUpdateDataSchema = z.object({
  event_ids: z.array(eventIdSchema).max(MAX_EVENT_IDS),
  truncated: z.literal(true).optional(),
  bookmakers: z.array(z.string()),
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export const oddsUpdateEnvelopeSchema = envelope('odds_update', oddsUpdateDataSchema);
export type OddsUpdateMessage = z.infer<typeof oddsUpdateEnvelopeSchema>;

export const feedStatusEnvelopeSchema = envelope('feed_status', z.object({ bookmakers: z.array(bookmakerFeedSchema) }));
export type FeedStatusMessage = z.infer<typeof feedStatusEnvelopeSchema>;

export const helloSchema = watermarkSchema.extend({
  topics: z.array(topicSchema),
  counts: alertCountsSchema,
});
export type Hello = z.infer<typeof helloSchema>;

/** Every `HEARTBEAT_MS`: a browser that is behind it refetches. */
export type Heartbeat = Watermark;

/**
 * Why the server ends a connection, with the WebSocket close code it uses. `slow`: the browser did not take what
 * was sent. `flood`: it sent more than it may. `draining`: the server stops or restarts.
 */
export const BYE_CLOSE_CODES = { slow: 4008, flood: 4029, draining: 4012 } as const;
export const BYE_CODES = Object.keys(BYE_CLOSE_CODES) as [ByeCode, ...ByeCode[]];
export type ByeCode = keyof typeof BYE_CLOSE_CODES;

/**
 * The last thing a socket hears before the server closes it; a browser too slow to hear it sees the close code,
 * or only that the connection broke. In each case it connects again, after `retryAfterMs` when it heard one.
 */
export const byeSchema = z.object({ code: z.enum(BYE_CODES), retryAfterMs: z.int().nonnegative() });
export type Bye = z.infer<typeof byeSchema>;

/** The answer to `subscribe` and `unsubscribe`: what the socket hears from now on, or why nothing changed. */
export type SubscriptionAnswer =
  | { readonly ok: true; readonly topics: Topic[] }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** The answer to `sync`: where the desk stands, with the badge's numbers. */
export type SyncAnswer =
  | { readonly ok: true; readonly hello: Hello; readonly behind: boolean }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

export type ServerEvents = {
  hello: (hello: Hello) => void;
  heartbeat: (heartbeat: Heartbeat) => void;
  risk_alert: (message: RiskAlertMessage) => void;
  odds_update: (message: OddsUpdateMessage) => void;
  feed_status: (message: FeedStatusMessage) => void;
  bye: (bye: Bye) => void;
};

export type ClientEvents = {
  subscribe: (subscription: Subscription, answer: (answer: SubscriptionAnswer) => void) => void;
  unsubscribe: (subscription: Subscription, answer: (answer: SubscriptionAnswer) => void) => void;
  sync: (watermark: Watermark, answer: (answer: SyncAnswer) => void) => void;
};
