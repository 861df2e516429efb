import { useRealTimeText } from '../../hooks/use-desk-time.ts';
import { type RiskAlerts, useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { RealClock } from '../time/clock.tsx';
import { cn } from '../ui/class-names.ts';
import { ageWords } from '../words/time-words.ts';

const DOT_CLASSES = {
  connecting: 'rounded-full bg-secondary',
  live: 'rounded-full bg-healthy ring-3 ring-healthy/25',
  reconnecting: 'rounded-[2px] bg-warning',
  offline: 'rounded-full border-2 border-critical',
} as const;

const heading = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting', offline: 'Offline' } as const;

function LastMessage({ atMs }: { readonly atMs: number }) {
  const text = useRealTimeText((nowMs) => {
    const age = ageWords(nowMs - atMs);
    return age === 'now' ? 'now' : `${age} ago`;
  }, 'now');
  return ` · last message ${text}`;
}

function Detail({ connection, lastMessageAtMs }: RiskAlerts) {
  switch (connection.kind) {
    case 'connecting':
      return null;
    case 'live':
      return lastMessageAtMs !== null && <LastMessage atMs={lastMessageAtMs} />;
    case 'reconnecting':
      // Before the first message of a tab there is none to speak of.
      return (
        lastMessageAtMs !== null && (
          <span title="When the last message came">
            {' '}
            · <span className="sr-only">heard </span>
            <RealClock atMs={lastMessageAtMs} />
          </span>
        )
      );
    case 'offline':
      return (
        <>
          {' '}
          since <RealClock atMs={connection.sinceMs} />
        </>
      );
  }
}

/** How this desk is connected. Only a change of state is announced to screen readers, not the ticking age. */
export function ConnectionLine() {
  const alerts = useRiskAlerts();
  const { kind } = alerts.connection;
  return (
    <div className="flex h-6 items-center gap-2.5 text-quiet text-secondary">
      <span aria-hidden className={cn('size-2 shrink-0', DOT_CLASSES[kind])} />
      <p className="truncate">
        <output aria-label={`Connection: ${heading[kind]}`} className={cn(kind !== 'live' && 'text-ink')}>
          {heading[kind]}
        </output>
        <Detail {...alerts} />
      </p>
    </div>
  );
}
