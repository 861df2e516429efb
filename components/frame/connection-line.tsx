import { useHydrated, useRealTimeText } from '../../hooks/use-desk-time.ts';
import { type RiskAlerts, useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { cn } from '../ui/class-names.ts';
import { ageWords } from '../words/time-words.ts';
import { timeOfDay } from './time-of-day.ts';

const DOT_CLASSES = {
  connecting: 'rounded-full bg-secondary',
  live: 'rounded-full bg-healthy ring-3 ring-healthy/25',
  reconnecting: 'rounded-[2px] bg-warning',
  offline: 'rounded-full border-2 border-critical',
} as const;

const heading = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting', offline: 'Offline' } as const;

function detail({ connection, lastMessageAtMs }: RiskAlerts, nowMs: number): string {
  switch (connection.kind) {
    case 'connecting':
      return '';
    case 'live': {
      if (lastMessageAtMs === null) return '';
      const age = ageWords(nowMs - lastMessageAtMs);
      return age === 'now' ? ' · last message now' : ` · last message ${age} ago`;
    }
    case 'reconnecting':
      return '';
    case 'offline':
      return ` since ${timeOfDay(connection.sinceMs)}`;
  }
}

/** How this desk is connected. Only a change of state is announced to screen readers, not the ticking age. */
export function ConnectionLine() {
  const alerts = useRiskAlerts();
  const { kind } = alerts.connection;
  const text = useRealTimeText((nowMs) => detail(alerts, nowMs), '');
  const isHydrated = useHydrated();
  return (
    <div className="flex h-6 items-center gap-2.5 text-quiet text-secondary">
      <span aria-hidden className={cn('size-2 shrink-0', DOT_CLASSES[kind])} />
      <p className="truncate">
        <output aria-label={`Connection: ${heading[kind]}`} className={cn(kind !== 'live' && 'text-ink')}>
          {heading[kind]}
        </output>
        {isHydrated && text}
      </p>
    </div>
  );
}
