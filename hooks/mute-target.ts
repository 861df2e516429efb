import type { Alert, AlertEvent } from '../contracts/alert.ts';
import type { EventId } from '../contracts/ids.ts';
import type { Market } from '../contracts/market.ts';
import { createSubscribers } from './subscribers.ts';

/** What a trader looks at when they want quiet: an event, with the bookmakers and markets of its alerts. */
export type MuteTarget = {
  readonly eventId: EventId;
  readonly event: AlertEvent;
  /** Each once, the first offered first. */
  readonly bookmakers: readonly string[];
  readonly markets: readonly Market[];
};

/** The target that alerts of one event make, the strongest of them first. */
export function muteTargetOf(strongest: Alert, others: readonly Alert[] = []): MuteTarget {
  const alerts = [strongest, ...others];
  return {
    eventId: strongest.eventId,
    event: strongest.event,
    bookmakers: [...new Set(alerts.map((alert) => alert.bookmaker))],
    markets: [...new Set(alerts.map((alert) => alert.market))],
  };
}

/** What the mute dialog shows: nothing, what to mute, how long to mute several events, or the mutes in force. */
export type MuteDialogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'mute'; readonly target: MuteTarget }
  | { readonly kind: 'mute_events'; readonly targets: readonly MuteTarget[] }
  | { readonly kind: 'list' };

const CLOSED: MuteDialogState = { kind: 'closed' };
const subscribers = createSubscribers();
let state: MuteDialogState = CLOSED;

function show(next: MuteDialogState): void {
  state = next;
  subscribers.notify();
}

/** The one mute dialog of this tab, shown by `MutePlace` wherever it was asked for. */
export const muteDialog = {
  subscribe: subscribers.add,
  getSnapshot: (): MuteDialogState => state,
  getServerSnapshot: (): MuteDialogState => CLOSED,
  close: (): void => show(CLOSED),
};

/** Asks what to mute, and until when. */
export const openMute = (target: MuteTarget): void => show({ kind: 'mute', target });

/** Asks until when to mute these events, each by a mute of its own. */
export const openMuteEvents = (targets: readonly MuteTarget[]): void => show({ kind: 'mute_events', targets });

/** Shows the mutes in force. */
export const openMuteList = (): void => show({ kind: 'list' });
