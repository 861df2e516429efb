import { ArrowUpRight, X } from 'lucide-react';
import Link from 'next/link';
import type { Alert } from '../../contracts/alert.ts';
import { Move } from '../alerts/move.tsx';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { Clock } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { TYPE_WORDS, selectionWords } from '../words/market-words.ts';

/** Where an alert stands on Risk Monitoring. */
export const alertAddress = ({ id, eventId, status }: Alert): string =>
  `/risk-monitoring?tab=${status}&eventId=${eventId}&alert=${id}`;

type SelectedAlertProps = { readonly alert: Alert; readonly onClose: () => void };

/** The alert whose marker is chosen on the chart, and the way to why it fired. */
export function SelectedAlert({ alert, onClose }: SelectedAlertProps) {
  return (
    <section
      aria-label="Chosen alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md bg-selected py-1.5 pr-1.5 pl-3"
    >
      <span className="flex min-w-0 flex-1 basis-72 items-center gap-2.5">
        <SeverityMark severity={alert.severity} className="size-3.5" />
        <span className="min-w-0">
          <span className="block truncate">
            <bdi className="font-semibold">{selectionWords(alert)}</bdi>{' '}
            <span className="text-secondary">
              · {TYPE_WORDS[alert.type]} at <bdi>{alert.bookmaker}</bdi> · <Clock at={alert.detectedAt} seconds />
            </span>
          </span>
          <Move alert={alert} />
        </span>
      </span>
      <Button asChild variant="link" size="bare">
        <Link href={alertAddress(alert)}>
          Why it fired <ArrowUpRight />
        </Link>
      </Button>
      <Button variant="ghost" size="iconSmall" aria-label="Let go of this alert" onClick={onClose}>
        <X />
      </Button>
    </section>
  );
}
