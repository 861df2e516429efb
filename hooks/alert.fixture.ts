import { type Alert, alertSchema } from '../contracts/alert.ts';

/** An alert like any other, but for what the test says of it. Throws when that makes none. */
export const alertWith = (part: Partial<Record<keyof Alert, unknown>> = {}): Alert =>
  alertSchema.parse({
    id: 1,
    eventId: 1,
    event: { home: 'A', away: 'B', league: 'L', country: 'C', sport: 'soccer', kickoff: '2026-01-01T12:00:00.000Z' },
    bookmaker: 'book',
    market: '1x2',
    line: null,
    outcome: '1',
    type: 'price_change',
    severity: 'warning',
    status: 'new',
    muted: false,
    worsenedAt: null,
    changePercent: -8,
    probabilityPoints: 2,
    oldOdds: 2,
    newOdds: 1.84,
    competitor: null,
    availability: null,
    occurrences: 1,
    detectedAt: '2026-01-01T10:00:00.000Z',
    updatedAt: '2026-01-01T10:00:00.000Z',
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: null,
    seq: 1,
    ...part,
  });
