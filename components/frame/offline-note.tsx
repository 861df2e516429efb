import { WifiOff } from 'lucide-react';
import { useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { RealClock } from '../time/clock.tsx';

/** Says over the page that it stands still. It floats, so that nothing jumps when the connection goes or comes. */
export function OfflineNote() {
  const { connection } = useRiskAlerts();
  if (connection.kind !== 'offline') return null;
  return (
    <p
      role="alert"
      className="pointer-events-none absolute bottom-4 left-1/2 z-40 flex w-max max-w-[calc(100%-2rem)] -translate-x-1/2 items-center gap-2 rounded-full border border-rule-strong bg-panel px-4 py-1.5 text-quiet shadow-lg"
    >
      <WifiOff className="size-4 shrink-0 text-critical-ink" aria-hidden />
      <span>
        Offline since <RealClock atMs={connection.sinceMs} />. What you see is as it was then.
      </span>
    </p>
  );
}
