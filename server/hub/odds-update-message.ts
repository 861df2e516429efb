import type { EventId } from '../../contracts/ids.ts';
import { MAX_EVENT_IDS, type OddsUpdateMessage } from '../../contracts/socket.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { MAX_IDS_KEPT, newestWatermark, unionUpTo } from './union.ts';

/** Whose prices one commit changed. */
export type OddsChange = {
  readonly watermark: Watermark;
  readonly eventIds: readonly EventId[];
  readonly bookmakers: readonly string[];
  /** There are more events than are named. */
  readonly truncated?: boolean;
};

/** Both changes as one: ids and bookmakers united, the newest watermark. */
export function mergeOdds(earlier: OddsChange, later: OddsChange): OddsChange {
  return {
    watermark: newestWatermark(earlier.watermark, later.watermark),
    eventIds: unionUpTo(MAX_IDS_KEPT, earlier.eventIds, later.eventIds),
    bookmakers: [...new Set([...earlier.bookmakers, ...later.bookmakers])],
    truncated: earlier.truncated === true || later.truncated === true,
  };
}

/** The `odds_update` notification: each event and bookmaker once, at most `MAX_EVENT_IDS` events, then `truncated`. */
export function oddsUpdateMessage(change: OddsChange, nowMs: number): OddsUpdateMessage {
  const eventIds = unionUpTo(MAX_IDS_KEPT, change.eventIds);
  return {
    type: 'odds_update',
    timestamp: new Date(nowMs).toISOString(),
    data: {
      event_ids: eventIds.slice(0, MAX_EVENT_IDS),
      ...(change.truncated === true || eventIds.length > MAX_EVENT_IDS ? { truncated: true as const } : {}),
      bookmakers: [...new Set(change.bookmakers)],
      epoch: change.watermark.epoch,
      seq: change.watermark.seq,
    },
  };
}
