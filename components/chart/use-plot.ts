import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { ChartPointer } from '../../hooks/chart-pointer.ts';
import { type TimeRange, spanOf } from '../../hooks/time-range.ts';
import { readColours, watchTheme } from './plot-colours.ts';
import { listenToGestures } from './plot-gestures.ts';
import { valueAt } from './plot-lines.ts';
import { type Plot, type PlotFormats, type PlotModel, createPlot } from './plot.ts';

/** After the last movement so long the range is settled and goes into the address. */
const SETTLED_MS = 250;
/** A line this near to the pointer is the one that is pointed at. */
const NEAR_PX = 24;
/** Zoomed out to nearly all there is, the chart follows the prices again. */
const NEARLY_ALL = 0.995;

export type PlotInput = {
  readonly model: Omit<PlotModel, 'highlighted'>;
  readonly bounds: TimeRange;
  /** Null: all there is, growing with every price. */
  readonly range: TimeRange | null;
  readonly formats: PlotFormats;
  readonly topPadding: number;
  readonly wheel: 'always' | 'with_modifier';
  readonly pointer: ChartPointer;
  /** The range that a gesture left behind; null when it shows everything again. */
  readonly onRange: (range: TimeRange | null) => void;
  readonly onDraw: (plot: Plot) => void;
};

export type PlotControl = {
  readonly range: () => TimeRange;
  /** Shows a range now and settles it, as a gesture would. */
  readonly show: (range: TimeRange | null) => void;
};

function nearestBook(plot: Plot, { lines }: Pick<PlotModel, 'lines'>, atMs: number, y: number): string | null {
  const pointed = plot.valueAtY(y);
  let nearest: string | null = null;
  let least = Math.abs(plot.valueAtY(y + NEAR_PX) - pointed);
  for (const line of lines) {
    const value = line.kind === 'median' ? null : valueAt(line, atMs);
    const distance = value === null ? Infinity : Math.abs(value - pointed);
    if (distance > least) continue;
    least = distance;
    nearest = line.name;
  }
  return nearest;
}

/** A plot living in `host`: made once, then told of whatever changes. */
export function usePlot(host: RefObject<HTMLElement | null>, input: PlotInput): RefObject<PlotControl | null> {
  const plotRef = useRef<Plot | null>(null);
  const control = useRef<PlotControl | null>(null);
  /** What a gesture shows before the address knows it. */
  const shown = useRef<TimeRange | null>(input.range);
  const latest = useRef(input);

  const settle = useEffectEvent(() => {
    const range = shown.current;
    input.onRange(range !== null && spanOf(range) < spanOf(input.bounds) * NEARLY_ALL ? range : null);
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const first = latest.current;
    const plot = createPlot({
      host: element,
      model: { ...first.model, highlighted: first.pointer.book.get() },
      range: shown.current ?? first.bounds,
      colours: readColours(element),
      formats: first.formats,
      size: { width: element.clientWidth, height: element.clientHeight },
      topPadding: first.topPadding,
      onDraw: (drawn) => latest.current.onDraw(drawn),
    });
    plotRef.current = plot;

    function show(range: TimeRange | null): void {
      shown.current = range;
      plot.setRange(range ?? latest.current.bounds);
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLED_MS);
    }
    control.current = { range: plot.range, show };

    const { book, atMs } = first.pointer;
    const undo = [
      listenToGestures({
        over: plot.over,
        range: plot.range,
        bounds: () => latest.current.bounds,
        wheel: first.wheel,
        show,
        hover(place) {
          const time = place === null ? null : plot.timeAt(place.x);
          plot.setCrosshair(place?.x ?? null);
          atMs.set(time);
          // Who leaves for a book's row has told of that row by now: React sends its enter before the browser this leave.
          if (place !== null && time !== null) book.set(nearestBook(plot, latest.current.model, time, place.y));
        },
      }),
      book.subscribe(() => plot.setHighlight(book.get())),
      watchTheme(() => plot.setColours(readColours(element))),
    ];
    let size = { width: element.clientWidth, height: element.clientHeight };
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      // It tells the first size as well, which has just been drawn.
      if (width === 0 || (width === size.width && height === size.height)) return;
      size = { width, height };
      plot.resize(size);
    });
    observer.observe(element);
    const whole = (): void => show(null);
    plot.over.addEventListener('dblclick', whole);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      for (const each of undo) each();
      plot.destroy();
      plotRef.current = null;
      control.current = null;
    };
  }, [host]);

  const { model, bounds, range, pointer, formats } = input;
  useEffect(() => {
    latest.current = input;
  });
  useEffect(() => plotRef.current?.setFormats(formats), [formats]);
  useEffect(() => {
    plotRef.current?.setModel({ ...model, highlighted: pointer.book.get() });
  }, [model, pointer]);
  const told = useRef(range);
  useEffect(() => {
    const isNew = told.current !== range;
    told.current = range;
    // A gesture that is not settled yet stands over an address that did not change meanwhile.
    if (isNew) shown.current = range;
    // Only while everything is shown do later prices move what is in sight.
    if (shown.current === null) plotRef.current?.setRange(bounds);
    else if (isNew) plotRef.current?.setRange(shown.current);
  }, [bounds, range]);
  return control;
}
