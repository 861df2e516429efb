import type { MuteRequestInput } from '../../contracts/mute.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** How long a mute lasts, as it is chosen. */
export const MUTE_ENDS = ['hour', 'four_hours', 'kickoff', 'time'] as const;
export type MuteEnd = (typeof MUTE_ENDS)[number];

export const MUTE_END_WORDS: Readonly<Record<MuteEnd, string>> = {
  hour: 'For 1 hour',
  four_hours: 'For 4 hours',
  kickoff: 'Until kickoff',
  time: 'Until a time',
};

/** The `until` of a choice made at `nowMs` of the desk; null where the time written cannot be read. */
export function untilOf(end: MuteEnd, time: string, nowMs: number): MuteRequestInput['until'] | null {
  switch (end) {
    case 'hour':
      return new Date(nowMs + HOUR_MS).toISOString();
    case 'four_hours':
      return new Date(nowMs + 4 * HOUR_MS).toISOString();
    case 'kickoff':
      return 'kickoff';
    case 'time': {
      const atMs = Date.parse(time);
      return Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
    }
  }
}

/** An instant as a field for local date and time takes it: `2026-03-01T18:30`, in the reader's zone. */
export function localTimeField(atMs: number): string {
  const offsetMs = new Date(atMs).getTimezoneOffset() * MINUTE_MS;
  return new Date(atMs - offsetMs).toISOString().slice(0, 16);
}
