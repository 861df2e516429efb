import { useDeskTimeText, useTickingText } from '../../hooks/use-desk-time.ts';
import { ageWords, countdownWords, exactWords, preciseAgeWords, urgency } from '../words/time-words.ts';
import { cn } from '../ui/class-names.ts';
import { useZone } from './use-zone.ts';

/** An instant with its day, seconds and zone, for a hover. */
export function useExactTime(at: string): string {
  return exactWords(Date.parse(at), useZone());
}

type InstantProps = { readonly at: string; readonly className?: string };

type AgeProps = InstantProps & {
  /** With its second unit while it is short. */
  readonly precise?: boolean;
  /** As part of a sentence: `12 s ago`, `just now`. */
  readonly ago?: boolean;
};

/** How long ago, ticking; exact on hover. */
export function Age({ at, className, precise = false, ago = false }: AgeProps) {
  const atMs = Date.parse(at);
  const { ref, text } = useTickingText<HTMLTimeElement>((nowMs) => {
    const age = (precise ? preciseAgeWords : ageWords)(nowMs - atMs);
    if (!ago) return age;
    return age === 'now' ? 'just now' : `${age} ago`;
  });
  return (
    <time ref={ref} dateTime={at} title={useExactTime(at)} className={cn('whitespace-nowrap', className)}>
      {text}
    </time>
  );
}

const URGENCY_CLASSES = {
  started: 'text-secondary',
  imminent: 'font-semibold text-critical-ink',
  soon: 'font-semibold text-elevated-ink',
  later: 'text-secondary',
} as const;

/** How long until kickoff, ticking, louder as it comes near; exact on hover. */
export function Countdown({
  kickoff,
  className,
  prefix = '',
}: {
  readonly kickoff: string;
  readonly className?: string;
  readonly prefix?: string;
}) {
  const kickoffMs = Date.parse(kickoff);
  const { ref, text } = useTickingText<HTMLTimeElement>((nowMs) => {
    const left = countdownWords(kickoffMs - nowMs);
    return nowMs < kickoffMs ? `${prefix}${left}` : left;
  });
  const level = useDeskTimeText((nowMs) => urgency(kickoffMs - nowMs));
  return (
    <time
      ref={ref}
      dateTime={kickoff}
      title={`Kickoff ${useExactTime(kickoff)}`}
      className={cn('whitespace-nowrap', URGENCY_CLASSES[level], className)}
    >
      {text}
    </time>
  );
}

/** How long until something ends, ticking and calm; exact on hover. */
export function TimeLeft({ until }: { readonly until: string }) {
  const endMs = Date.parse(until);
  const text = useDeskTimeText((nowMs) => (endMs <= nowMs ? 'over' : `${countdownWords(endMs - nowMs)} left`));
  return (
    <time dateTime={until} title={useExactTime(until)} className="whitespace-nowrap">
      {text}
    </time>
  );
}
