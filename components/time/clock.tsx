import { useDeskTimeText, useHydrated } from '../../hooks/use-desk-time.ts';
import { clockWords } from '../words/time-words.ts';
import { useExactTime } from './age.tsx';

/** A time of day in the reader's zone (in UTC until that is known), with its day when that is not today. */
export function Clock({ at, seconds = false }: { readonly at: string; readonly seconds?: boolean }) {
  const zone = useHydrated() ? undefined : 'UTC';
  const text = useDeskTimeText((nowMs) => clockWords(Date.parse(at), nowMs, { zone, seconds }));
  return (
    <time dateTime={at} title={useExactTime(at)} className="whitespace-nowrap">
      {text}
    </time>
  );
}
