import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import { queries } from '../../hooks/browser-api.ts';
import { createChartPointer } from '../../hooks/chart-pointer.ts';
import { type ChartScale, chartViewParsers } from '../../hooks/chart-view.ts';
import type { Selection } from '../../hooks/price-history.ts';
import { type TimeRange, showing } from '../../hooks/time-range.ts';
import { chosenSelection } from './chosen-selection.ts';
import { EVENT_ALERTS_QUERY } from './event-alerts-query.ts';
import { type MarketQuotes, byMarket } from './market-quotes.ts';

const ENDLESS: TimeRange = { fromMs: -Infinity, toMs: Infinity };
const NO_ALERTS: readonly Alert[] = [];

function openedFirst(markets: readonly MarketQuotes[], opened: Selection | undefined): readonly MarketQuotes[] {
  const first = markets.find(({ market, line }) => market === opened?.market && line === opened.line);
  return first === undefined ? markets : [first, ...markets.filter((each) => each !== first)];
}

/** What an event's page shows and how it is changed: all of it is the address. */
export function useEventChart(eventId: number) {
  const [view, setView] = useQueryStates(chartViewParsers);
  const [pointer] = useState(createChartPointer);
  const odds = useQuery(queries.eventOdds(eventId)).data;
  const alerts = useQuery(queries.eventAlerts(eventId, EVENT_ALERTS_QUERY)).data?.alerts;
  const markets = useMemo(() => byMarket(odds?.quotes ?? []), [odds]);
  const [opened, setOpened] = useState<{ readonly eventId: number; readonly selection: Selection } | null>(null);
  const found = chosenSelection(view, {
    markets,
    alerts: alerts ?? NO_ALERTS,
    opened: opened?.eventId === eventId ? opened.selection : null,
  });
  // Only what was chosen with both answers at hand is what the page opened on.
  if (opened?.eventId !== eventId && found !== null && odds !== undefined && alerts !== undefined)
    setOpened({ eventId, selection: found });
  const { market, line, outcome } = found ?? {};
  // The same object for the same words: it is what the chart's data are asked for by.
  const selection = useMemo<Selection | null>(
    () => (market === undefined || line === undefined || outcome === undefined ? null : { market, line, outcome }),
    [line, market, outcome],
  );
  const fromMs = view.from?.getTime();
  const toMs = view.to?.getTime();
  const range = useMemo<TimeRange | null>(
    () => (fromMs === undefined || toMs === undefined || fromMs >= toMs ? null : { fromMs, toMs }),
    [fromMs, toMs],
  );
  // Each resolves when the address is written.
  const push = (change: Parameters<typeof setView>[0]): void => void setView(change, { history: 'push' });
  const replace = (change: Parameters<typeof setView>[0]): void => void setView(change, { history: 'replace' });

  const chosen = alerts?.find(({ id }) => id === view.alert);
  const isOfSelection =
    chosen?.market === market && chosen?.line === line && (chosen?.outcome === null || chosen?.outcome === outcome);

  return {
    view,
    pointer,
    /** The alert that the address names, where it is one of the outcome charted; known before the chart's prices are. */
    chosen: isOfSelection ? chosen : undefined,
    /** The market that the page opened on, then the others in their usual order: none moves when another is charted. */
    markets: useMemo(() => openedFirst(markets, opened?.selection), [markets, opened]),
    selection,
    range,
    select: (next: Selection) => push({ ...next, alert: null }),
    setScale: (scale: ChartScale) => replace({ scale }),
    setMedian: (consensus: boolean) => replace({ consensus }),
    setRange: (next: TimeRange | null) =>
      replace({ from: next && new Date(Math.round(next.fromMs)), to: next && new Date(Math.round(next.toMs)) }),
    /** Marks an alert, shows its outcome, and brings its moment into sight. */
    selectAlert(alert: Alert) {
      const shown = range && showing(range, Date.parse(alert.detectedAt), ENDLESS);
      const isOfMarket = selection?.market === alert.market && selection.line === alert.line;
      push({
        alert: alert.id,
        market: alert.market,
        line: alert.line,
        outcome: alert.outcome ?? (isOfMarket ? selection.outcome : null),
        ...(shown === range ? {} : { from: shown && new Date(shown.fromMs), to: shown && new Date(shown.toMs) }),
      });
    },
    deselectAlert: () => push({ alert: null, ...selection }),
  };
}
export type EventChartState = ReturnType<typeof useEventChart>;
