import { useMemo } from 'react';
import { wallTimes } from '../../hooks/desk-clock.ts';
import { useDeskTimeText } from '../../hooks/use-desk-time.ts';
import { clockWords } from '../words/time-words.ts';
import { useExactTime } from './age.tsx';
import { useZone } from './use-zone.ts';

/** A time of day in the zone that the reader chose, with its day when that is not today. */
export function Clock({ at, seconds = false }: { readonly at: string; readonly seconds?: boolean }) {
  const zone = useZone();
  const text = useDeskTimeText((nowMs) => clockWords(Date.parse(at), nowMs, { zone, seconds }));
  return (
    <time dateTime={at} title={useExactTime(at)} className="whitespace-nowrap">
      {text}
    </time>
  );
}

/** A moment of this machine's monotonic clock as a time of day: when this tab last heard of the desk. */
export function RealClock({ atMs }: { readonly atMs: number }) {
  const zone = useZone();
  // Once per moment: the two clocks drift by parts of a millisecond, and a second must not flicker.
  const real = useMemo(() => wallTimes(atMs), [atMs]);
  const at = new Date(real.atMs).toISOString();
  return (
    <time dateTime={at} title={useExactTime(at)} className="whitespace-nowrap">
      {clockWords(real.atMs, real.nowMs, { zone, seconds: true })}
    </time>
  );
}
