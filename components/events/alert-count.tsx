import { Check } from 'lucide-react';
import Link from 'next/link';
import type { EventSummary } from '../../contracts/event.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';

/** An event's new alerts, leading to them; its quiet ones as a plain number; nothing where it has none. */
export function AlertCount({ event }: { readonly event: EventSummary }) {
  const { new: fresh, acknowledged, worstNew } = event.alerts;
  if (fresh === 0) {
    if (acknowledged === 0) return null;
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
      // A finger has the whole height of the match's line.
      className="relative inline-flex min-h-6 items-center gap-1.5 rounded-sm px-0.5 font-semibold hover:underline pointer-coarse:after:absolute pointer-coarse:after:-inset-x-2 pointer-coarse:after:-top-5 pointer-coarse:after:h-11"
    >
      {worstNew !== null && <SeverityMark severity={worstNew} className="size-3" />}
      {fresh} new
    </Link>
  );
}
