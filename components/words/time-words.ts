const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, in one unit: `now`, `12 s`, `9 m`, `3 h`, `2 d`. */
export function ageWords(ageMs: number): string {
  if (ageMs < SECOND_MS) return 'now';
  if (ageMs < MINUTE_MS) return `${Math.floor(ageMs / SECOND_MS)} s`;
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} m`;
  if (ageMs < DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h`;
  return `${Math.floor(ageMs / DAY_MS)} d`;
}

/** The same with its second unit while it is short, for what is overdue: `2 m 14 s`. */
export function preciseAgeWords(ageMs: number): string {
  if (ageMs < MINUTE_MS || ageMs >= HOUR_MS) return ageWords(ageMs);
  return `${Math.floor(ageMs / MINUTE_MS)} m ${Math.floor((ageMs % MINUTE_MS) / SECOND_MS)} s`;
}

/** How long until kickoff: `42 min`, `1 h 10 m`, `5 h`, `3 d`; `started` from kickoff on. */
export function countdownWords(leftMs: number): string {
  if (leftMs <= 0) return 'started';
  if (leftMs < MINUTE_MS) return '< 1 min';
  if (leftMs < HOUR_MS) return `${Math.floor(leftMs / MINUTE_MS)} min`;
  const hours = Math.floor(leftMs / HOUR_MS);
  if (leftMs < 4 * HOUR_MS) return `${hours} h ${Math.floor((leftMs % HOUR_MS) / MINUTE_MS)} m`;
  return leftMs < 2 * DAY_MS ? `${hours} h` : `${Math.floor(leftMs / DAY_MS)} d`;
}

/** How long something took or is away: `48 min`, `3 h 25 m`, `2 d`. */
export const spanWords = (ms: number): string => countdownWords(Math.max(ms, 1));

export type Urgency = 'started' | 'imminent' | 'soon' | 'later';

/** Late money is the loudest: under two hours is imminent, under four soon. */
export function urgency(leftMs: number): Urgency {
  if (leftMs <= 0) return 'started';
  if (leftMs < 2 * HOUR_MS) return 'imminent';
  return leftMs < 4 * HOUR_MS ? 'soon' : 'later';
}

export type Zone = 'UTC' | undefined;

const clocks = new Map<string, Intl.DateTimeFormat>();
function format(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', options);
  clocks.set(key, made);
  return made;
}

/** `20:00`, with the day in front of it when that is not the day of `nowMs`: `Sat 14 Jun 20:00`. */
export function clockWords(
  atMs: number,
  nowMs: number,
  { zone: timeZone, seconds }: { readonly zone: Zone; readonly seconds: boolean },
): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = format(`time ${timeZone} ${seconds}`, {
    ...zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  });
  const day = format(`day ${timeZone}`, { ...zone, weekday: 'short', day: 'numeric', month: 'short' });
  const dayText = day.format(atMs).replace(',', '');
  return dayText === day.format(nowMs).replace(',', '') ? time.format(atMs) : `${dayText} ${time.format(atMs)}`;
}

/** A mark of a time axis whose marks are `stepMs` apart: `18:45`, with midnight and longer steps as days, `14 Jun`. */
export function axisTimeWords(atMs: number, stepMs: number, timeZone: Zone): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const seconds = stepMs < MINUTE_MS ? { second: '2-digit' as const } : {};
  const time = format(`axis ${timeZone} ${stepMs < MINUTE_MS}`, {
    ...zone,
    hour: '2-digit',
    minute: '2-digit',
    ...seconds,
  }).format(atMs);
  if (stepMs < DAY_MS && !/^00:00(:00)?$/.test(time)) return time;
  return format(`axis day ${timeZone}`, { ...zone, day: 'numeric', month: 'short' }).format(atMs);
}

/** The whole truth, for a hover: `Sat 14 Jun 2026, 19:17:48 GMT+1`. */
export function exactWords(atMs: number, timeZone: Zone): string {
  return format(`exact ${timeZone}`, {
    ...(timeZone === undefined ? {} : { timeZone }),
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(atMs);
}
