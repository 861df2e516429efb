import { useQuery } from '@tanstack/react-query';
import type { EventSummary } from '../../contracts/event.ts';
import { queries } from '../../hooks/browser-api.ts';
import type { OddsFormat } from '../../hooks/preferences.ts';
import { CHART_SCALES, type ChartScale } from '../../hooks/chart-view.ts';
import type { Selection } from '../../hooks/price-history.ts';
import { ChartSkeleton, LazyChart } from '../chart/lazy-chart.tsx';
import { ChoiceRow } from '../frame/choice-row.tsx';
import { Failure, reasonOf } from '../states/failure.tsx';
import { PartChoice } from '../ui/part-choice.tsx';
import { marketWords, outcomeWords } from '../words/market-words.ts';
import { useOddsFormat } from '../words/odds.tsx';
import { SelectedAlert } from './selected-alert.tsx';
import type { EventChartState } from './use-event-chart.ts';

const scaleWords = (scale: ChartScale, format: OddsFormat): string => {
  if (scale === 'fair') return 'Fair';
  return format === 'percent' ? 'Implied' : 'Odds';
};

type ChartProps = {
  readonly event: EventSummary;
  readonly chart: EventChartState;
  readonly selection: Selection;
};

function Controls({ chart, selection }: Omit<ChartProps, 'event'>) {
  const { markets, view } = chart;
  const format = useOddsFormat();
  const keyOf = (each: { readonly market: string; readonly line: number | null }): string =>
    `${each.market}|${each.line ?? ''}`;
  const chosen = markets.find((each) => keyOf(each) === keyOf(selection));
  const outcomes = chosen?.outcomes ?? [selection.outcome];
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <PartChoice
        label="Market on the chart"
        value={keyOf(selection)}
        options={markets.map((each) => ({ value: keyOf(each), words: marketWords(each.market, each.line) }))}
        onChange={(key) => {
          const next = markets.find((each) => keyOf(each) === key);
          const outcome = next?.outcomes.find((name) => name === selection.outcome) ?? next?.outcomes[0];
          if (next !== undefined && outcome !== undefined) {
            chart.select({ market: next.market, line: next.line, outcome });
          }
        }}
      />
      <div className="min-w-0 [&_label]:px-3">
        <ChoiceRow
          label="Outcome on the chart"
          hidesLabel
          choices={outcomes.map((outcome) => ({ value: outcome, words: outcomeWords(outcome) }))}
          chosen={selection.outcome}
          onChoose={(outcome) => chart.select({ ...selection, outcome })}
        />
      </div>
      <div className="ml-auto flex items-center gap-3 [&_label]:px-3">
        <label className="flex items-center gap-1.5 px-0! text-quiet text-secondary hover:text-ink">
          <input
            type="checkbox"
            checked={view.consensus}
            onChange={(event) => chart.setMedian(event.target.checked)}
            className="size-4 accent-accent"
          />
          Median of the others
        </label>
        <ChoiceRow
          label="Prices as"
          hidesLabel
          choices={CHART_SCALES.map((scale) => ({ value: scale, words: scaleWords(scale, format) }))}
          chosen={view.scale}
          onChoose={chart.setScale}
        />
      </div>
    </div>
  );
}

function History({ event, chart, selection }: ChartProps) {
  const query = useQuery(queries.eventHistory(event.id, selection));
  const history = query.data;
  if (history === undefined) {
    if (query.error === null)
      return (
        <>
          <ChartSkeleton form="page" lines={event.bookmakers + Number(chart.view.consensus)} />
          {chart.chosen && <SelectedAlert alert={chart.chosen} onClose={chart.deselectAlert} />}
        </>
      );
    return (
      <Failure
        title="The price history could not be read"
        reason={reasonOf(query.error)}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (history.books.length === 0) {
    return <p className="flex h-80 items-center justify-center text-secondary">No price of this outcome is stored.</p>;
  }
  const { view } = chart;
  const alert = history.alerts.find(({ id }) => id === view.alert);
  return (
    <>
      <LazyChart
        history={history}
        scale={view.scale}
        showsMedian={view.consensus}
        kickoff={event.kickoff}
        range={chart.range}
        onRange={chart.setRange}
        selectedAlert={view.alert}
        onAlert={(chosen) => (chosen.id === view.alert ? chart.deselectAlert() : chart.selectAlert(chosen))}
        pointer={chart.pointer}
        form="page"
      />
      {alert !== undefined && <SelectedAlert alert={alert} onClose={chart.deselectAlert} />}
    </>
  );
}

/** How one outcome's price came to where it is, at every book. */
export function EventChart({ event, chart }: Omit<ChartProps, 'selection'>) {
  const { selection } = chart;
  return (
    <section aria-labelledby="event-history-heading" className="@container flex flex-col gap-3">
      <h2 id="event-history-heading" className="sr-only">
        Price history
      </h2>
      {selection !== null && (
        <>
          <Controls chart={chart} selection={selection} />
          <History event={event} chart={chart} selection={selection} />
        </>
      )}
    </section>
  );
}
