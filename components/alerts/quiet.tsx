import { Archive, Check, CheckCheck, Clock3, SearchX } from 'lucide-react';
import type { AlertStatus } from '../../contracts/alert.ts';
import { deskTrouble, isHeard } from '../../hooks/desk-trouble.ts';
import { useDesk, useRiskAlerts } from '../../hooks/use-risk-alerts.ts';
import { Notice } from '../states/notice.tsx';
import { Age } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Quiet is only said together with what it rests on: how many events, how many books, how old the last price; and only
 * of feeds that are heard.
 */
function AllQuiet() {
  const desk = useDesk();
  const { connection } = useRiskAlerts();
  if (desk?.bookmakers.length === 0) {
    return (
      <Notice icon={<Clock3 />} title="No prices yet">
        No bookmaker has been heard of. Alerts come with their prices.
      </Notice>
    );
  }
  const isKnown = isHeard(connection) && deskTrouble(connection, desk).kind === 'none';
  return (
    <Notice icon={isKnown ? <Check /> : <Clock3 />} title={isKnown ? 'All quiet' : 'Quiet when last heard'}>
      {desk && (
        <>
          {plural(desk.openEvents, 'event')}, {plural(desk.bookmakers.length, 'book')},{' '}
          {desk.lastPriceAt === null ? (
            'no price yet'
          ) : (
            <>
              last price <Age at={desk.lastPriceAt} precise ago />
            </>
          )}
        </>
      )}
    </Notice>
  );
}

type QuietProps = { readonly tab: AlertStatus; readonly isNarrowed: boolean; readonly onClear: () => void };

/** An empty list, said in words. */
export function Quiet({ tab, isNarrowed, onClear }: QuietProps) {
  if (isNarrowed) {
    return (
      <Notice icon={<SearchX />} title="Nothing matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
        No {tab} alert fits the filters in force.
      </Notice>
    );
  }
  switch (tab) {
    case 'new':
      return <AllQuiet />;
    case 'acknowledged':
      return (
        <Notice icon={<CheckCheck />} title="Nothing acknowledged">
          What somebody on the desk has looked at stands here until its event begins.
        </Notice>
      );
    case 'past':
      return (
        <Notice icon={<Archive />} title="Nothing past">
          Alerts move here when their event begins.
        </Notice>
      );
  }
}
