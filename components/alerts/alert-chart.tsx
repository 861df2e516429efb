import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import type { AlertWithExplanation } from '../../contracts/alert.ts';
import { alertViewParsers } from '../../hooks/alert-view.ts';
import { queries } from '../../hooks/browser-api.ts';
import type { ChartPointer } from '../../hooks/chart-pointer.ts';
import type { Selection } from '../../hooks/price-history.ts';
import type { TimeRange } from '../../hooks/time-range.ts';
import { useDeskTimeText } from '../../hooks/use-desk-time.ts';
import { ChartSkeleton, LazyChart } from '../chart/lazy-chart.tsx';
import { byMarket } from '../events/market-quotes.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What a trader looks at first: the two hours before the alert, and what came of it. */
const BEFORE_MS = 2 * HOUR_MS;
const AFTER_MS = 4 * HOUR_MS;

type Known = {
  /** The minute that it is. */
  readonly minuteMs: number;
  /** Of the first price. */
  readonly firstMs: number;
};

/** From before the move, but not from before the first price, to now; of an old alert, to some hours after it. */
function aroundAlert({ detectedAt, explanation }: AlertWithExplanation, { minuteMs, firstMs }: Known): TimeRange {
  const detectedMs = Date.parse(detectedAt);
  const baseMs = explanation.base.at === null ? detectedMs : Date.parse(explanation.base.at);
  const wishedMs = Math.min(detectedMs - BEFORE_MS, baseMs - 10 * MINUTE_MS);
  const toMs = Math.max(detectedMs + 5 * MINUTE_MS, Math.min(minuteMs, detectedMs + AFTER_MS));
  const beginsMs = Number.isFinite(firstMs) ? Math.min(firstMs, detectedMs - 10 * MINUTE_MS) : wishedMs;
  const fromMs = Math.max(wishedMs, beginsMs);
  const air = (toMs - fromMs) * 0.02;
  return { fromMs: fromMs - air, toMs: toMs + air };
}

function useSelection({ eventId, market, line, outcome }: AlertWithExplanation): Selection | null | undefined {
  const quotes = useQuery(queries.eventOdds(eventId)).data?.quotes;
  const first = useMemo(
    () => byMarket(quotes ?? []).find((each) => each.market === market && each.line === line)?.outcomes[0],
    [line, market, quotes],
  );
  const shown = outcome ?? first;
  return useMemo(() => {
    if (shown !== undefined) return { market, line, outcome: shown };
    return quotes === undefined ? undefined : null;
  }, [line, market, quotes, shown]);
}

type AlertChartProps = { readonly alert: AlertWithExplanation; readonly pointer: ChartPointer };

function History({ alert, pointer, selection }: AlertChartProps & { readonly selection: Selection }) {
  const [, setView] = useQueryStates(alertViewParsers, { history: 'push' });
  /** What the reader looks at instead, of the alert that he did it with; a null range is everything. */
  const [looked, setLooked] = useState<{ readonly id: number; readonly range: TimeRange | null } | null>(null);
  const minuteMs = Number(useDeskTimeText((deskMs) => String(Math.ceil(deskMs / MINUTE_MS) * MINUTE_MS)));
  const query = useQuery(queries.eventHistory(alert.eventId, selection));
  const history = query.data;
  const firstMs = Math.min(...(history?.books ?? []).flatMap(({ times }) => times[0] ?? []));
  const around = useMemo(() => aroundAlert(alert, { minuteMs, firstMs }), [alert, minuteMs, firstMs]);
  if (history === undefined) {
    if (query.error === null) return <ChartSkeleton form="pane" />;
    return (
      <p role="status" className="flex h-44 items-center text-secondary">
        The price history could not be read. It is asked for again by itself.
      </p>
    );
  }
  if (history.books.length === 0) return null;
  return (
    <LazyChart
      history={history}
      scale="odds"
      showsMedian={false}
      kickoff={alert.event.kickoff}
      range={looked?.id === alert.id ? looked.range : around}
      onRange={(range) => setLooked({ id: alert.id, range })}
      selectedAlert={alert.id}
      // Resolves when the address is written.
      onAlert={({ id, eventId }) => void setView({ alert: id, eventId })}
      pointer={pointer}
      form="pane"
    />
  );
}

/** How the alert's outcome came to where it is, at every book; of a whole market, its first outcome. */
export function AlertChart({ alert, pointer }: AlertChartProps) {
  const selection = useSelection(alert);
  if (selection === undefined) return <ChartSkeleton form="pane" />;
  return selection === null ? null : <History alert={alert} pointer={pointer} selection={selection} />;
}
