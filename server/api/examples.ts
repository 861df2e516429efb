import type { Alert } from '../../contracts/alert.ts';
import type { AlertId, EventId } from '../../contracts/ids.ts';
import type { Mute } from '../../contracts/mute.ts';
import type { Snapshot } from '../../contracts/snapshot.ts';

/** What the documentation shows; invented. */
export const SNAPSHOT_EXAMPLE: Snapshot = {
  t: '2026-03-01T12:00:05Z',
  event: 'feed-4711',
  home: 'Riverside',
  away: 'Old Harbour',
  league: 'Premier Division',
  country: 'Northland',
  sport: 'soccer',
  kickoff: '2026-03-01T18:00:00Z',
  bookmaker: 'ourbook',
  market: 'over_under',
  line: 2.5,
  outcomes: [
    { name: 'over', odds: 1.95 },
    { name: 'under', odds: 1.87 },
  ],
  suspended: false,
  upd: '2026-03-01T11:59:41Z',
};

export const ALERT_EXAMPLE: Alert = {
  id: 1042 as AlertId,
  eventId: 17 as EventId,
  event: {
    home: 'Riverside',
    away: 'Old Harbour',
    league: 'Premier Division',
    country: 'Northland',
    sport: 'soccer',
    kickoff: '2026-03-01T18:00:00.000Z',
  },
  bookmaker: 'ourbook',
  market: 'over_under',
  line: 2.5,
  outcome: 'over',
  type: 'price_change',
  severity: 'elevated',
  status: 'new',
  muted: false,
  changePercent: -12.18,
  probabilityPoints: 7.11,
  oldOdds: 1.95,
  newOdds: 1.713,
  competitor: null,
  availability: null,
  occurrences: 1,
  detectedAt: '2026-03-01T12:00:05.000Z',
  updatedAt: '2026-03-01T12:00:05.000Z',
  acknowledgedAt: null,
  acknowledgedBy: null,
  worsenedAt: null,
  note: null,
  seq: 3311,
};

export const MUTE_EXAMPLE: Mute = {
  id: 12,
  scope: { kind: 'event', eventId: 17 as EventId },
  event: ALERT_EXAMPLE.event,
  until: 'kickoff',
  endsAt: '2026-03-01T18:00:00.000Z',
  state: 'in_force',
  reason: 'Line-up news, priced by hand',
  mutedAt: '2026-03-01T12:01:00.000Z',
  mutedBy: 'Ada',
  liftedAt: null,
  liftedBy: null,
};
