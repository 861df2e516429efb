import type { AlertCounts, Severity } from '../contracts/alert.ts';
import { worseSeverity } from '../contracts/alert-words.ts';
import type { Desk } from '../contracts/feed.ts';
import { compareWatermarks } from '../contracts/watermark.ts';
import type { DeskLinkSnapshot } from './desk-link.ts';

/** What the desk may claim about its alerts: as of now, as of the page's making, or nothing. */
export type BadgeState =
  | { readonly kind: 'live'; readonly counts: AlertCounts; readonly worst: Severity | null }
  | { readonly kind: 'stale'; readonly counts: AlertCounts; readonly worst: Severity | null }
  | { readonly kind: 'unknown' };

type DeskPart = Pick<Desk, 'counts' | 'worstNew' | 'epoch' | 'seq'>;

const worst = (counts: AlertCounts, stored: Severity | null, announced: Severity | null): Severity | null =>
  counts.new === 0 ? null : worseSeverity(stored, announced);

/**
 * Never a number that may be wrong: `stale` only from the page's making until the first word of the socket,
 * `unknown` whenever the connection is away.
 */
export function badgeState(link: DeskLinkSnapshot, desk: DeskPart | undefined): BadgeState {
  switch (link.connection.kind) {
    case 'connecting':
      if (desk === undefined) return { kind: 'unknown' };
      return { kind: 'stale', counts: desk.counts, worst: worst(desk.counts, desk.worstNew, null) };
    case 'live': {
      if (link.counts === null) return { kind: 'unknown' };
      const { value, at } = link.counts;
      if (desk === undefined) return { kind: 'live', counts: value, worst: worst(value, null, link.announcedWorst) };
      // An answer to this tab's own write can be newer than the last message.
      const counts = compareWatermarks(desk, at) === 'ahead' ? desk.counts : value;
      return { kind: 'live', counts, worst: worst(counts, desk.worstNew, link.announcedWorst) };
    }
    case 'reconnecting':
    case 'offline':
      return { kind: 'unknown' };
  }
}

/** How a count fits a badge: exact to 99, then `99+`. */
export const badgeText = (state: BadgeState): string => {
  if (state.kind === 'unknown') return '?';
  return state.counts.new > 99 ? '99+' : String(state.counts.new);
};

/** The badge in words, for its accessible name. */
export function badgeName(state: BadgeState): string {
  if (state.kind === 'unknown') return 'alert count unknown';
  const { counts, worst: severity } = state;
  if (counts.new === 0) return 'no new alerts';
  const noun = counts.new === 1 ? 'new alert' : 'new alerts';
  return severity === null ? `${counts.new} ${noun}` : `${counts.new} ${noun}, worst ${severity}`;
}
