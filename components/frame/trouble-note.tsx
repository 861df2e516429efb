import { TriangleAlert, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { type DeskTrouble, deskTrouble, isHeard } from '../../hooks/desk-trouble.ts';
import { useDesk, useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { Clock, RealClock } from '../time/clock.tsx';
import { useHeldLinks } from './use-held-links.ts';

function words(trouble: DeskTrouble): ReactNode {
  switch (trouble.kind) {
    case 'none':
      return null;
    case 'server_away':
      return (
        <>
          Offline since <RealClock atMs={trouble.sinceMs} />. This is how it was then.
        </>
      );
    case 'all_silent':
      return (
        <>
          All feeds are silent since <Clock at={trouble.lastSeen} seconds />. Prices are as they were then.
        </>
      );
    case 'own_silent':
      return (
        <>
          Our own feed, {trouble.bookmaker}, is silent since <Clock at={trouble.lastSeen} seconds />. Moves of our
          prices are not seen.
        </>
      );
  }
}

/**
 * Says over the page that what it shows is delayed. It floats and lets the pointer through, so that nothing jumps and
 * nothing is out of reach when it comes or goes; over a bar at the page's foot, not on it.
 */
export function TroubleNote() {
  const { connection } = useRiskAlerts();
  const desk = useDesk();
  const isAway = !isHeard(connection);
  const wasHeld = useHeldLinks({ isAway });
  const trouble = deskTrouble(connection, desk);
  if (trouble.kind === 'none' && !wasHeld) return null;
  const Icon = isAway ? WifiOff : TriangleAlert;
  return (
    <p
      role={isAway ? 'alert' : 'status'}
      className="trouble-note pointer-events-none absolute bottom-3 left-1/2 z-40 flex w-max max-w-[calc(100%-1.5rem)] -translate-x-1/2 items-center gap-2 rounded-full border border-rule-strong bg-panel px-4 py-1.5 text-quiet shadow-lg max-sm:rounded-md"
    >
      <Icon className="size-4 shrink-0 text-critical-ink" aria-hidden />
      <span>
        {words(trouble)}
        {wasHeld && ' Other pages open again when the desk is back.'}
      </span>
    </p>
  );
}
