import Link from 'next/link';
import type { TriedAlert, TriedEvent } from '../../contracts/settings-try.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { Clock } from '../time/clock.tsx';
import { SEVERITY_WORDS, TYPE_WORDS, selectionWords } from '../words/market-words.ts';
import { happeningWords } from '../words/move-words.ts';
import { Odds, PriceChange } from '../words/odds.tsx';
import { type Compared, shownOf } from './tried-pairs.ts';

type TriedAlertLineProps = { readonly compared: Compared; readonly event: TriedEvent | undefined };

/** An alert that was stored opens where it stands; one that was only tried leads to its match. */
function addressOf({ stored, tried }: Compared): string {
  if (stored !== null && stored.id !== null) return `/risk-monitoring?eventId=${stored.eventId}&alert=${stored.id}`;
  return `/events/${(tried ?? stored)?.eventId}`;
}

function Happening({ alert }: { readonly alert: TriedAlert }) {
  const words = happeningWords(alert);
  if (words !== null) return words;
  if (alert.newOdds === null) return TYPE_WORDS[alert.type];
  // A price that stood still while the others moved, or that is off from where they stand.
  if (alert.oldOdds === alert.newOdds)
    return (
      <>
        {TYPE_WORDS[alert.type]} <Odds value={alert.newOdds} />
      </>
    );
  return (
    <>
      {TYPE_WORDS[alert.type]} <Odds value={alert.oldOdds} apartFrom={alert.newOdds} /> →{' '}
      <Odds value={alert.newOdds} apartFrom={alert.oldOdds} />
      {alert.changePercent !== null && (
        <>
          {' '}
          <PriceChange {...alert} percent={alert.changePercent} />
        </>
      )}
    </>
  );
}

/** One alert of the comparison. */
export function TriedAlertLine({ compared, event }: TriedAlertLineProps) {
  const alert = shownOf(compared);
  const teams = event === undefined ? `Match ${alert.eventId}` : `${event.home} v ${event.away}`;
  return (
    <li className="border-t">
      <Link
        href={addressOf(compared)}
        prefetch={false}
        data-keeps-draft=""
        className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-1 py-2 -outline-offset-2 hover:bg-hover @3xl:grid-cols-[1rem_minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
      >
        <SeverityMark severity={alert.severity} className="size-3" />
        <span className="truncate font-medium">{teams}</span>
        <span className="col-start-2 truncate @3xl:col-start-auto">
          {selectionWords(alert)} <span className="text-secondary">at {alert.bookmaker}</span>
        </span>
        <span className="col-start-2 truncate text-secondary @3xl:col-start-auto">
          <Happening alert={alert} />
          {compared.kind === 'changed' &&
            ` · ${SEVERITY_WORDS[compared.stored.severity]} → ${SEVERITY_WORDS[compared.tried.severity]}`}
        </span>
        <span className="col-start-3 row-start-1 text-right text-secondary @3xl:col-start-auto @3xl:row-start-auto">
          <Clock at={alert.at} />
        </span>
      </Link>
    </li>
  );
}
