import { Check } from 'lucide-react';
import Link from 'next/link';
import type { EventSummary } from '../../contracts/event.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';

/** An event's new alerts, leading to them; its quiet ones as a plain number. */
export function AlertCount({ event }: { readonly event: EventSummary }) {
  const { new: fresh, acknowledged, worstNew } = event.alerts;
  if (fresh === 0) {
    if (acknowledged === 0) return <span className="text-secondary">–</span>;
    return (
      <span className="inline-flex items-center gap-1 text-secondary" title={`${acknowledged} acknowledged`}>
        {acknowledged}
        <Check className="size-3.5" aria-hidden />
        <span className="sr-only"> acknowledged</span>
      </span>
    );
  }
  return (
    <Link
      href={`/risk-monitoring?eventId=${event.id}`}
      prefetch={false}
      aria-label={`${fresh} new ${fresh === 1 ? 'alert' : 'alerts'} of ${event.home} v ${event.away}`}
      className="inline-flex min-h-6 items-center gap-1.5 rounded-sm px-0.5 font-semibold hover:underline pointer-coarse:min-h-11"
    >
      {worstNew !== null && <SeverityMark severity={worstNew} className="size-3" />}
      {fresh} new
    </Link>
  );
}
