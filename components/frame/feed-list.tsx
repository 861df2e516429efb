import type { BookmakerFeed, QuarantineReason } from '../../contracts/feed.ts';
import { isHeard } from '../../hooks/desk-trouble.ts';
import { useDesk, useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { Age } from '../time/age.tsx';
import { cn } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';

const AGE_CLASSES = {
  live: 'text-secondary',
  delayed: 'text-warning-ink',
  silent: 'text-critical-ink',
  unknown: 'text-secondary',
} as const;

const STATE_WORDS = { live: 'live, ', delayed: 'delayed, ', unknown: 'state unknown, ' } as const;

/** State by shape as well as colour: full circle, square, ring; grey where it is not known. */
const DOT_CLASSES = {
  live: 'rounded-full bg-healthy',
  delayed: 'rounded-[2px] bg-warning',
  silent: 'rounded-full border-2 border-critical',
  unknown: 'rounded-full bg-secondary',
} as const;

const REASONS: readonly (readonly [QuarantineReason, words: string])[] = [
  ['impossible_odds', 'with impossible odds'],
  ['booksum', 'that do not add up'],
  ['placeholder', 'that were placeholders'],
  ['missing_outcome', 'with an outcome missing'],
  ['outdated', 'older than what is stored'],
  ['too_far_ahead', 'too far ahead of the clock'],
];

/** What of a feed was not taken, for whoever points at it. */
function notTaken({ quarantined = {} }: BookmakerFeed): string | undefined {
  const counts = REASONS.flatMap(([reason, words]) => {
    const count = quarantined[reason] ?? 0;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return counts.length === 0 ? undefined : `Prices not taken since the start: ${counts.join(', ')}`;
}

/** Only the age goes on by itself; what it means was the server's word, and holds while that is heard. */
function Feed({ feed, isKnown }: { readonly feed: BookmakerFeed; readonly isKnown: boolean }) {
  const state = isKnown ? feed.state : 'unknown';
  return (
    <li className="flex h-6.5 items-center gap-2" title={notTaken(feed)}>
      <span aria-hidden className={cn('size-2 shrink-0', DOT_CLASSES[state])} />
      <span className="truncate">{feed.bookmaker}</span>
      {feed.own && (
        <span className="shrink-0 rounded-sm border border-accent px-1 text-[0.6875rem] leading-4 text-accent">
          own
        </span>
      )}
      <span className={cn('ml-auto shrink-0 text-quiet whitespace-nowrap', AGE_CLASSES[state])}>
        {state === 'silent' ? 'silent ' : <span className="sr-only">{STATE_WORDS[state]}</span>}
        <Age at={feed.lastSeen} precise={state === 'delayed'} />
      </span>
    </li>
  );
}

const byOwnThenName = (a: BookmakerFeed, b: BookmakerFeed): number =>
  Number(b.own) - Number(a.own) || a.bookmaker.localeCompare(b.bookmaker, 'en');

/** Every bookmaker and how long ago it was heard of, the own book first. */
export function FeedList() {
  const desk = useDesk();
  const { connection } = useRiskAlerts();
  return (
    <section aria-labelledby="feeds-heading" className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-2">
      <h2 id="feeds-heading" className="mb-1.5 text-quiet font-medium text-secondary">
        Feeds
      </h2>
      {desk === undefined && connection.kind === 'connecting' && <Skeleton className="h-4 w-32" />}
      {desk === undefined && connection.kind !== 'connecting' && (
        <p className="text-quiet text-secondary">Not known: the desk does not answer.</p>
      )}
      {desk?.bookmakers.length === 0 && <p className="text-quiet text-secondary">No feed has said anything yet.</p>}
      <ul>
        {desk?.bookmakers.toSorted(byOwnThenName).map((feed) => (
          <Feed key={feed.bookmaker} feed={feed} isKnown={isHeard(connection)} />
        ))}
      </ul>
    </section>
  );
}
