import 'uplot/dist/uPlot.min.css';
import uPlot from 'uplot';
import type { Severity } from '../../contracts/alert.ts';
import { type TimeRange, spanOf } from '../../hooks/time-range.ts';
import { type AxisKind, axisValues } from './axis-values.ts';
import type { PlotColours } from './plot-colours.ts';
import { type PlotLine, type ShutSpan, extremesIn } from './plot-lines.ts';
import { paintMoments, paintShut } from './plot-paint.ts';
import { stepPath } from './step-path.ts';

export type PlotMark = { readonly id: number; readonly atMs: number; readonly severity: Severity };

/** All that is drawn, save the range in sight. */
export type PlotModel = {
  readonly lines: readonly PlotLine[];
  readonly shut: readonly ShutSpan[];
  readonly marks: readonly PlotMark[];
  readonly kickoffMs: number;
  readonly highlighted: string | null;
  readonly selectedMark: number | null;
};

export type PlotFormats = {
  /** In which values the axis is round. */
  readonly axis: AxisKind;
  readonly value: (value: number) => string;
  /** A time on the axis whose neighbours are `stepMs` away. */
  readonly time: (atMs: number, stepMs: number) => string;
  /** Days begin at midnight UTC, not at the reader's. */
  readonly isUtc: boolean;
};

type PlotOptions = {
  readonly host: HTMLElement;
  readonly model: PlotModel;
  readonly range: TimeRange;
  readonly colours: PlotColours;
  readonly formats: PlotFormats;
  readonly size: { readonly width: number; readonly height: number };
  /** Room above the prices for the marks of alerts. */
  readonly topPadding: number;
  /** After each drawing: what lies above the canvas goes to its place. */
  readonly onDraw: (plot: Plot) => void;
};

export type Plot = {
  /** The element over the prices that hears the pointer. */
  readonly over: HTMLElement;
  /** Where the prices are drawn within the host, in CSS pixels; known without asking the browser for its layout. */
  readonly area: () => { readonly offsetLeft: number; readonly offsetWidth: number };
  readonly range: () => TimeRange;
  readonly xOf: (atMs: number) => number;
  readonly timeAt: (x: number) => number;
  readonly valueAtY: (y: number) => number;
  readonly setRange: (range: TimeRange) => void;
  /** The same books in the same order with what became of them; for other books another plot is made. */
  readonly setModel: (model: PlotModel) => void;
  /** Only what is lit up changed: nothing is measured again. */
  readonly setHighlight: (highlighted: string | null) => void;
  /** The line under the pointer, for who has none: a finger. */
  readonly setCrosshair: (x: number | null) => void;
  readonly setFormats: (formats: PlotFormats) => void;
  readonly setColours: (colours: PlotColours) => void;
  readonly resize: (size: { readonly width: number; readonly height: number }) => void;
  readonly destroy: () => void;
};

/** How much of its colour a line keeps that nobody points at. */
const QUIET_ALPHA = 0.6;
/** Room over and under the prices, as a share of what lies between them. */
const AIR = 0.08;
/** A chart lower than this has its values nearer to each other. */
const LOW_PX = 240;
/** Room at the right for half of a time under the axis: the last one may stand at the very edge. */
const EDGE_PX = 20;
/** The same for a time with seconds. */
const SECONDS_EDGE_PX = 30;
const TIME_SPACE_PX = 72;
const MINUTE_MS = 60_000;
/** Of the values beside the axis; longer ones make more. */
const VALUES_PX = 46;
const VALUES_GAP_PX = 6;
const NO_VALUES: readonly [number, number] = [0, 1];

function strokeOf(line: PlotLine, highlighted: string | null, colours: PlotColours): string {
  if (line.name === highlighted && line.kind === 'other') return colours.ink;
  if (line.kind === 'own') return colours.accent;
  return line.kind === 'median' ? colours.ink : colours.secondary;
}

const alphaOf = (line: PlotLine, highlighted: string | null): number =>
  line.kind === 'other' && line.name !== highlighted ? QUIET_ALPHA : 1;

const widthOf = (line: PlotLine, highlighted: string | null): number => {
  if (line.kind === 'own' || line.name === highlighted) return 2;
  return line.kind === 'median' ? 1.5 : 1;
};

/**
 * Prices over time on a canvas, by uPlot: it brings scales, axes, grid, crosshair and the order of drawing. Lines,
 * shaded spans and moments are drawn by us, from columns that it never sees; its own data are the two ends of time.
 */
export function createPlot(options: PlotOptions): Plot {
  const { host, onDraw } = options;
  let { model, colours, formats, range } = options;

  const seriesOf = (line: PlotLine): uPlot.Series => ({
    scale: 'y',
    points: { show: false },
    width: widthOf(line, model.highlighted),
    alpha: alphaOf(line, model.highlighted),
    ...(line.kind === 'median' ? { dash: [6, 4] } : {}),
    stroke: () => strokeOf(line, model.highlighted, colours),
    paths: (plot, index) => {
      const drawn = model.lines[index - 1];
      return drawn === undefined ? null : { stroke: stepPath(plot, drawn), fill: null, flags: 0 };
    },
  });
  const dataOf = (): uPlot.AlignedData => [[range.fromMs, range.toMs], ...model.lines.map(() => [0, 0])];
  const valueRange = (): uPlot.Range.MinMax => {
    const [low, high] = extremesIn(model.lines, range) ?? NO_VALUES;
    const air = Math.max((high - low) * AIR, high * 0.004);
    return [low - air, high + air];
  };
  const axis = { grid: { width: 1 }, ticks: { show: false }, gap: VALUES_GAP_PX } as const;
  /** Less than which no two values are apart: one alone says nothing of how far a price went. */
  const valueSpace = options.size.height < LOW_PX ? 24 : 36;
  const hasSeconds = ({ width }: uPlot): boolean => (spanOf(range) * TIME_SPACE_PX) / width < MINUTE_MS;

  // Before its first layout uPlot knows no height of what it draws.
  const heightOf = ({ bbox }: uPlot): number => bbox.height / devicePixelRatio || options.size.height;

  const plot = new uPlot(
    {
      ...options.size,
      ms: 1,
      tzDate: (atMs) => (formats.isUtc ? uPlot.tzDate(new Date(atMs), 'Etc/UTC') : new Date(atMs)),
      padding: [options.topPadding, (drawn) => (hasSeconds(drawn) ? SECONDS_EDGE_PX : EDGE_PX), 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
      scales: { x: { time: true, range: () => [range.fromMs, range.toMs] }, y: { range: valueRange } },
      axes: [
        {
          ...axis,
          size: 26,
          space: TIME_SPACE_PX,
          font: colours.font,
          stroke: () => colours.secondary,
          grid: { show: false },
          values: (_plot, splits) => {
            const stepMs = (splits[1] ?? 0) - (splits[0] ?? 0);
            return splits.map((atMs) => formats.time(atMs, stepMs));
          },
        },
        {
          ...axis,
          size: (drawn, values) => {
            drawn.ctx.font = colours.font;
            // uPlot draws them in the pixels of the screen, and measures in those of the page.
            const widths = (values ?? []).map((text) => drawn.ctx.measureText(text).width);
            return Math.max(VALUES_PX, Math.ceil(Math.max(...widths, 0)) + VALUES_GAP_PX);
          },
          space: valueSpace,
          splits: (drawn, _axis, low, high) => [
            ...axisValues(formats.axis, { low, high, gap: ((high - low) * valueSpace) / heightOf(drawn) }),
          ],
          font: colours.font,
          stroke: () => colours.secondary,
          grid: { width: 1, stroke: () => colours.rule },
          values: (_plot, splits) => splits.map((value) => formats.value(value)),
        },
      ],
      series: [{}, ...model.lines.map(seriesOf)],
      hooks: {
        drawClear: [(drawn) => paintShut(drawn, model, colours)],
        draw: [
          (drawn) => {
            paintMoments(drawn, model, colours);
            onDraw(handle);
          },
        ],
      },
    },
    dataOf(),
    host,
  );

  const handle: Plot = {
    over: plot.over,
    area: () => ({
      offsetLeft: plot.bbox.left / devicePixelRatio,
      offsetWidth: plot.bbox.width / devicePixelRatio,
    }),
    range: () => range,
    xOf: (atMs) => plot.valToPos(atMs, 'x'),
    timeAt: (x) => range.fromMs + (x / handle.area().offsetWidth) * spanOf(range),
    valueAtY: (y) => plot.posToVal(y, 'y'),
    setRange(next) {
      range = next;
      // At once, and not in a microtask: a frame draws what its gesture asked for. New data are what makes uPlot walk
      // the lines again also where the extremes of the prices stay the same.
      plot.batch(() => plot.setData(dataOf(), true));
    },
    setModel(next) {
      model = next;
      plot.batch(() => plot.setData(dataOf(), true));
    },
    setHighlight(highlighted) {
      model = { ...model, highlighted };
      for (const [index, line] of model.lines.entries()) {
        const series = plot.series[index + 1];
        if (series === undefined) continue;
        series.width = widthOf(line, highlighted);
        series.alpha = alphaOf(line, highlighted);
      }
      plot.redraw(false);
    },
    setCrosshair: (x) => plot.setCursor({ left: x ?? -10, top: x === null ? -10 : 0 }, false),
    setFormats(next) {
      formats = next;
      plot.redraw(false, true);
    },
    setColours(next) {
      colours = next;
      plot.redraw(false, true);
    },
    resize: (size) => plot.setSize(size),
    destroy: () => plot.destroy(),
  };
  return handle;
}
