import { Maximize2, Minus, Plus, Table2 } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Alert } from '../../contracts/alert.ts';
import type { ChartPointer } from '../../hooks/chart-pointer.ts';
import type { ChartScale } from '../../hooks/chart-view.ts';
import type { OddsFormat } from '../../hooks/preferences.ts';
import type { PriceHistory } from '../../hooks/price-history.ts';
import type { TimeRange } from '../../hooks/time-range.ts';
import { useDeskTimeText } from '../../hooks/use-desk-time.ts';
import { useDesk } from '../../hooks/use-risk-alerts.ts';
import { useZone } from '../time/use-zone.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { chartWords } from '../words/chart-words.ts';
import { probabilityText } from '../words/number-words.ts';
import { oddsText } from '../words/odds-words.ts';
import { useOddsFormat } from '../words/odds.tsx';
import { axisTimeWords, exactWords } from '../words/time-words.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartMarks, placeMarks } from './chart-marks.tsx';
import { ChartReadout } from './chart-readout.tsx';
import { chartClasses } from './chart-place.ts';
import { ChartTable } from './chart-table.tsx';
import { rangeForKey } from './plot-gestures.ts';
import { type PlotLine, type PlotUnit, boundsOf, linesOf, medianLine, shutSpans, valueAt } from './plot-lines.ts';
import { usePlot } from './use-plot.ts';

/** Lines grow to the right with the desk's time in steps of this. */
const NOW_STEP_MS = 15_000;
/** A book that is polled every quarter of an hour was not away because it is heard of every quarter of an hour. */
const HEARD_WITHIN_MS = 20 * 60_000;
/** Room for the marks of alerts. */
const MARKS_PX = 26;

export type PriceChartProps = {
  readonly history: PriceHistory;
  readonly scale: ChartScale;
  readonly showsMedian: boolean;
  readonly kickoff: string;
  readonly range: TimeRange | null;
  readonly onRange: (range: TimeRange | null) => void;
  readonly selectedAlert: number | null;
  readonly onAlert: (alert: Alert) => void;
  readonly pointer: ChartPointer;
  /** On a page of its own, or as one of several things in a pane. */
  readonly form: 'page' | 'pane';
};

function useLines({ history, showsMedian }: PriceChartProps, unit: PlotUnit, nowMs: number) {
  const feeds = useDesk()?.bookmakers;
  return useMemo(() => {
    const away = new Set(feeds?.filter(({ state }) => state === 'silent').map(({ bookmaker }) => bookmaker));
    const seen = new Map(history.books.map(({ bookmaker, seenMs }) => [bookmaker, seenMs]));
    const isHeard = (book: string): boolean => !away.has(book) && nowMs - (seen.get(book) ?? 0) < HEARD_WITHIN_MS;
    const books = linesOf(history, { unit, isHeard, nowMs });
    const own = books.filter(({ kind }) => kind === 'own');
    const others = books.filter(({ kind }) => kind !== 'own');
    const lines: PlotLine[] = [...others, ...(showsMedian ? [medianLine(books)] : []), ...own];
    return { lines, shut: shutSpans(history.books, books) };
  }, [feeds, history, nowMs, unit, showsMedian]);
}

const UNIT_WORDS: Readonly<Record<PlotUnit, string>> = {
  odds: 'Odds',
  implied: 'Implied probability',
  fair: 'Fair probability',
};

/** How a value of the chart reads. */
function textOf(unit: PlotUnit, format: OddsFormat): (value: number | null) => string {
  switch (unit) {
    case 'odds':
      return (odds) => oddsText(odds, format);
    case 'implied':
      return (share) => oddsText(share && 1 / share, 'percent');
    case 'fair':
      return probabilityText;
  }
}

type ChartProps = PriceChartProps & { readonly isTable: boolean; readonly onTable: (isTable: boolean) => void };

/** Prices of all books over time with their alerts. Loaded when it is first needed, with the library that draws it. */
export default function PriceChart(props: PriceChartProps) {
  const [isTable, setIsTable] = useState(false);
  const books = props.history.books.map(({ bookmaker }) => bookmaker).join('|');
  // Another book, or the median, is another plot: uPlot cannot take a series away that has neither legend nor points.
  return <Chart key={`${books} ${props.showsMedian}`} {...props} isTable={isTable} onTable={setIsTable} />;
}

function Chart(props: ChartProps) {
  const { history, scale, kickoff, range, onRange, selectedAlert, onAlert, pointer, form, isTable, onTable } = props;
  const nowMs = Number(useDeskTimeText((deskMs) => String(Math.floor(deskMs / NOW_STEP_MS) * NOW_STEP_MS)));
  const zone = useZone();
  const format = useOddsFormat();
  // Implied percent are a probability as the fair ones are: what is likelier is higher in both.
  const unit = scale === 'odds' && format === 'percent' ? 'implied' : scale;
  const { lines, shut } = useLines(props, unit, nowMs);
  const kickoffMs = Date.parse(kickoff);
  const bounds = useMemo(() => boundsOf(lines, { nowMs, kickoffMs }), [kickoffMs, lines, nowMs]);
  const valueText = useMemo(() => textOf(unit, format), [unit, format]);

  const model = useMemo(
    () => ({
      lines,
      shut,
      kickoffMs,
      selectedMark: selectedAlert,
      marks: history.alerts.map(({ id, detectedAt, severity }) => ({ id, severity, atMs: Date.parse(detectedAt) })),
    }),
    [history.alerts, kickoffMs, lines, selectedAlert, shut],
  );
  const formats = useMemo(
    () => ({
      value: valueText,
      axis: unit !== 'odds' || format === 'percent' ? ('probability' as const) : format,
      time: (atMs: number, stepMs: number) => axisTimeWords(atMs, stepMs, zone),
      isUtc: zone === 'UTC',
    }),
    [format, unit, valueText, zone],
  );

  const host = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const plot = usePlot(host, {
    model,
    bounds,
    range,
    formats,
    pointer,
    onRange,
    topPadding: MARKS_PX,
    wheel: form === 'page' ? 'always' : 'with_modifier',
    onDraw: (drawn) => layer.current !== null && placeMarks(layer.current, drawn),
  });

  function press(key: string): boolean {
    const control = plot.current;
    if (control === null) return false;
    const next = key === '0' ? bounds : rangeForKey(key, control.range(), bounds);
    if (next === null) return false;
    control.show(key === '0' ? null : next);
    return true;
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key)) return;
    // The page's own keys and its scrolling are not meant.
    event.preventDefault();
    event.stopPropagation();
  }

  const inSight = range ?? bounds;
  const words = chartWords({
    selection: history,
    unit: UNIT_WORDS[unit],
    from: exactWords(inSight.fromMs, zone),
    to: exactWords(inSight.toMs, zone),
    alerts: history.alerts.length,
    lines: lines
      .filter(({ kind }) => kind !== 'median')
      .map((line) => ({
        name: line.name,
        isOwn: line.kind === 'own',
        first: valueText(line.values.find((value) => value !== null) ?? null),
        last: valueText(valueAt(line, line.endMs)),
      })),
  });

  return (
    <div className={chartClasses(form)}>
      <div className="min-w-0 flex-1">
        {/* An application in the sense of ARIA: it takes the keys that pan and zoom. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div
          role="application"
          aria-roledescription="chart"
          aria-label="Price history. Arrow keys pan, plus and minus zoom, 0 shows everything."
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          onKeyDown={onKeyDown}
          onPointerLeave={() => pointer.book.set(null)}
          className={cn('relative -outline-offset-2', form === 'page' ? 'h-80' : 'h-44')}
        >
          <div role="img" aria-label={words} ref={host} className={cn('h-full', isTable && 'invisible')} />
          <div className={cn(isTable && 'hidden')}>
            <ChartMarks alerts={history.alerts} selected={selectedAlert} onSelect={onAlert} layer={layer} />
            <ChartReadout lines={lines} pointer={pointer} valueText={valueText} />
          </div>
          {isTable && (
            <div className="absolute inset-0 bg-panel">
              <ChartTable history={history} range={inSight} />
            </div>
          )}
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-1 text-quiet text-secondary">
          <Button variant="ghost" size="iconSmall" aria-label="Zoom in" title="Zoom in (+)" onClick={() => press('+')}>
            <Plus />
          </Button>
          <Button
            variant="ghost"
            size="iconSmall"
            aria-label="Zoom out"
            title="Zoom out (−)"
            onClick={() => press('-')}
          >
            <Minus />
          </Button>
          <Button
            variant="ghost"
            size="iconSmall"
            aria-label="Show everything"
            title="Show everything (0)"
            disabled={range === null}
            onClick={() => press('0')}
          >
            <Maximize2 />
          </Button>
          <Button
            variant="ghost"
            size="quiet"
            aria-pressed={isTable}
            onClick={() => onTable(!isTable)}
            className="aria-pressed:bg-chip aria-pressed:text-ink"
          >
            <Table2 /> {form === 'page' ? 'Show as table' : 'Table'}
          </Button>
          {history.truncated && <span className="ml-auto">Older prices are not shown</span>}
        </div>
      </div>
      {form === 'page' && <ChartLegend lines={lines} pointer={pointer} valueText={valueText} />}
    </div>
  );
}
