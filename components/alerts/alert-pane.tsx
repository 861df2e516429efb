import { useQuery } from '@tanstack/react-query';
import { BellOff, FileQuestionMark } from 'lucide-react';
import Link from 'next/link';
import type { Alert, AlertStatus } from '../../contracts/alert.ts';
import { type ComponentProps, useState } from 'react';
import { errorCode } from '../../contracts/errors.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { queries } from '../../hooks/browser-api.ts';
import { createChartPointer } from '../../hooks/chart-pointer.ts';
import { eventAddress } from '../../hooks/chart-view.ts';
import { muteTargetOf, openMute } from '../../hooks/mute-target.ts';
import { failureOf } from '../../hooks/query-failure.ts';
import { useDesk } from '../../hooks/use-risk-alerts.ts';
import { MutedMark } from '../mutes/muted-mark.tsx';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Notice } from '../states/notice.tsx';
import { Countdown } from '../time/age.tsx';
import { Clock } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { competitorWords, happeningWords } from '../words/move-words.ts';
import { selectionWords } from '../words/market-words.ts';
import { Odds } from '../words/odds.tsx';
import { AlertChart } from './alert-chart.tsx';
import { AcknowledgeForm } from './acknowledge-form.tsx';
import { TAB_WORDS } from './alert-tabs.tsx';
import { BooksTable } from './books-table.tsx';
import { Change, OtherMeasure, Prices } from './move.tsx';
import { PaneSkeleton } from './pane-skeleton.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { Why } from './why.tsx';

function BigMove({ alert }: { readonly alert: Alert }) {
  const happening = happeningWords(alert);
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <SeverityMark severity={alert.severity} className="size-5" />
      <span className="text-[1.375rem] leading-8 font-semibold tracking-tight whitespace-nowrap">
        {happening ?? <Prices alert={alert} />}
      </span>
      <span className="flex gap-1.5 whitespace-nowrap">
        <Change alert={alert} />
        <OtherMeasure alert={alert} />
      </span>
    </p>
  );
}

type AlertPaneProps = {
  readonly id: number;
  /** The event's group in the list, so that the pane is filled before its own answer is there. */
  readonly group: AlertGroup | undefined;
  /** The list that is open, and the way to the one that has the alert. */
  readonly tab: AlertStatus;
  readonly onShow: (alert: Alert) => void;
} & Pick<ComponentProps<typeof AcknowledgeForm>, 'onAcknowledge' | 'onAcknowledgeGroup' | 'onUnacknowledge'>;

/** Why an alert fired, what the other books did, and what to do about it. Loaded when the first alert is chosen. */
export default function AlertPane({ id, group, tab, onShow, ...actions }: AlertPaneProps) {
  const row = group?.alerts.find((alert) => alert.id === id);
  const query = useQuery(queries.alert(id));
  const desk = useDesk();
  const [pointer] = useState(createChartPointer);
  const full = query.data;
  const failure = failureOf(query);
  // Of the two the one that changed last: a row in the list may be newer than the pane, and the other way round.
  const alert = full !== undefined && (row === undefined || full.seq >= row.seq) ? full : row;

  if (alert === undefined) {
    if (failure === null)
      return (
        <div className="p-6">
          <PaneSkeleton />
        </div>
      );
    if (errorCode(failure) === 'not_found') {
      return (
        <Notice icon={<FileQuestionMark />} title="No such alert">
          Alert {id} is not stored. It may have been deleted after its retention time.
        </Notice>
      );
    }
    return (
      <Failure title="The alert could not be read" reason={reasonOf(failure)} onRetry={() => void query.refetch()} />
    );
  }

  const { event } = alert;
  const isHidden = alert.muted && row === undefined;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <section
        aria-label="Explanation"
        // What scrolls must be reachable by keyboard, also where nothing in it takes the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="scroll-quiet flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-5 py-5 -outline-offset-2"
      >
        <header>
          <h2 className="pr-8 text-base font-semibold lg:pr-0">
            <bdi>{event.home}</bdi> v <bdi>{event.away}</bdi>
          </h2>
          <p className="text-secondary">
            <bdi>{event.league}</bdi>, <bdi>{event.country}</bdi>
          </p>
          <p className="text-secondary">
            Kickoff <Clock at={event.kickoff} /> <Countdown kickoff={event.kickoff} prefix="in " />
          </p>
        </header>
        <div>
          <BigMove alert={alert} />
          <p className="mt-1 text-secondary">
            <bdi>{selectionWords(alert)}</bdi> at <bdi>{alert.bookmaker}</bdi>
            {alert.bookmaker === desk?.ownBookmaker && ', our book'}
          </p>
          <p className="text-secondary">
            Detected <Clock at={alert.detectedAt} seconds />
            {alert.occurrences > 1 && ` · ${alert.occurrences} times`}
            {alert.muted && (
              <>
                {' '}
                · <MutedMark className="align-[-2px]" />
              </>
            )}
          </p>
          {alert.competitor !== null && (
            <p className="mt-1">
              <span className="text-secondary">against</span> {competitorWords(alert)}{' '}
              <span className="whitespace-nowrap">
                {alert.competitor.oldOdds !== null && (
                  <>
                    <Odds value={alert.competitor.oldOdds} apartFrom={alert.competitor.newOdds} />{' '}
                    <span className="text-secondary">→</span>{' '}
                  </>
                )}
                <Odds value={alert.competitor.newOdds} apartFrom={alert.competitor.oldOdds} className="font-semibold" />
              </span>
            </p>
          )}
        </div>
        {full === undefined ? (
          failure === null ? (
            <PaneSkeleton />
          ) : (
            <Failure
              title="The explanation could not be read"
              reason={reasonOf(failure)}
              onRetry={() => void query.refetch()}
            />
          )
        ) : (
          <>
            <AlertChart alert={full} pointer={pointer} />
            <Why alert={full} />
            <BooksTable alert={full} ownBookmaker={desk?.ownBookmaker} pointer={pointer} />
          </>
        )}
      </section>
      <footer className="flex shrink-0 flex-col gap-2.5 border-t px-5 py-4">
        <AcknowledgeForm key={alert.id} alert={alert} group={group} {...actions} />
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="flex flex-wrap gap-x-4">
            <Button asChild variant="link" size="bare" className="text-quiet">
              <Link href={eventAddress(alert)}>Open event</Link>
            </Button>
            {(alert.status !== tab || isHidden) && (
              <Button variant="link" size="bare" className="text-quiet" onClick={() => onShow(alert)}>
                {isHidden ? 'Show muted' : `Show in ${TAB_WORDS[alert.status]}`}
              </Button>
            )}
          </span>
          {alert.status !== 'past' && (
            <Button aria-haspopup="dialog" onClick={() => openMute(muteTargetOf(alert))}>
              <BellOff /> Mute…
            </Button>
          )}
        </div>
      </footer>
    </div>
  );
}
