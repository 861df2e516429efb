import {
  type Range,
  type Rect,
  type Virtualizer,
  elementScroll,
  measureElement,
  useVirtualizer,
} from '@tanstack/react-virtual';
import { type RefObject, startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type ListRow, drawnIndexes } from './list-rows.ts';
import { useHydrated } from './use-desk-time.ts';
import { usePreferences } from './use-preferences.ts';

export type RowVirtualizer = Virtualizer<HTMLDivElement, HTMLElement>;
export type RowPlace = ReturnType<typeof useRowWindow>['place'];

/** What a row is thought to take before it has been measured. */
const ROW_PX = {
  comfortable: { group: 60, alert: 33, more: 41 },
  compact: { group: 48, alert: 25, more: 41 },
} as const;
/** The first HTML has rows for a screen of this height. */
const FIRST_PX = 900;
/** How high the list was when it was last there: a page that comes by a link has the same window. */
let lastPx = FIRST_PX;
/** So many rows are drawn beyond either edge. */
const OVERSCAN = 5;

/** Sizes of rows that have been seen; those of rows that have left the list are let go of beyond this. */
const MAX_SIZES = 500;

type RowWindowOptions = {
  readonly rows: readonly ListRow[];
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The row with the focus, which is drawn wherever the list is scrolled to. */
  readonly currentKey: string | null;
  /** The row that the address leads to. */
  readonly openKey: string | null;
};

/**
 * Puts events, and what stands behind the last of them, where the sizes known now have them. By transform: rows that
 * give way to new ones are not laid out again, and a size that turns out different is right before it is painted.
 */
function placeRows(virtualizer: RowVirtualizer, list: HTMLElement | null, foot: HTMLElement | null): void {
  if (list === null) return;
  const totalPx = virtualizer.getTotalSize();
  list.style.height = `${totalPx}px`;
  if (foot !== null) foot.style.transform = `translateY(${totalPx}px)`;
  for (const { key, start } of virtualizer.getVirtualItems()) {
    // Of an event its head is measured; its lines stand in the flow under it.
    const item = virtualizer.elementsCache.get(key)?.parentElement;
    if (item?.parentElement === list) item.style.transform = `translateY(${start}px)`;
  }
}

/** Tells the size of the scroller when the browser does, and does not ask: that would lay out a page that is just coming. */
function observeScroller({ scrollElement }: RowVirtualizer, tell: (rect: Rect) => void): (() => void) | undefined {
  if (scrollElement === null) return undefined;
  const observer = new ResizeObserver((entries) => {
    const box = entries.at(-1)?.contentRect;
    if (box === undefined) return;
    lastPx = Math.round(box.height);
    tell({ width: Math.round(box.width), height: lastPx });
  });
  observer.observe(scrollElement);
  return () => observer.disconnect();
}

/** Scrolls, but not to the head of a list that has never left it: a scroll lays out the page, which is just coming. */
const scrollRows: typeof elementScroll<HTMLDivElement> = (offset, options, instance) => {
  if (offset + (options.adjustments ?? 0) === 0 && (instance.scrollOffset ?? 0) === 0) return;
  elementScroll(offset, options, instance as Virtualizer<HTMLDivElement, Element>);
};

/** The rows in sight, and those beyond either edge, up to the first that shall not be drawn yet. */
function aroundSight(
  { startIndex, endIndex, count }: Pick<Range, 'startIndex' | 'endIndex' | 'count'>,
  canDraw: (index: number) => boolean,
) {
  let [from, to] = [startIndex, endIndex];
  while (from > Math.max(0, startIndex - OVERSCAN) && canDraw(from - 1)) from -= 1;
  while (to < Math.min(count - 1, endIndex + OVERSCAN) && canDraw(to + 1)) to += 1;
  return { from, to };
}

/** Which rows are drawn, where, and scrolling to those that are not. */
export function useRowWindow({ rows, scroller, currentKey, openKey }: RowWindowOptions) {
  const { density } = usePreferences();
  // The first HTML has no sizes yet: there rows stand in the flow of the page, as high as they are.
  const isPlaced = useHydrated();
  const list = useRef<HTMLUListElement>(null);
  const foot = useRef<HTMLDivElement>(null);
  const drawnKeys = useRef<unknown>(null);
  // Rows that come all at once, with the first HTML, another view or another page, come with those in sight; those
  // beyond the edge follow a frame later: styled, laid out and painted in one piece they would keep a click waiting.
  const [wholeRows, setWholeRows] = useState<readonly ListRow[] | null>(null);
  const canDraw = (index: number): boolean =>
    wholeRows === rows || virtualizer.elementsCache.has(rows[index]?.key ?? index);
  // Its functions change with every scroll; nothing here is memoised by them.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_PX[density][rows[index]?.kind ?? 'group'],
    getItemKey: (index) => rows[index]?.key ?? index,
    observeElementRect: observeScroller,
    scrollToFn: scrollRows,
    initialRect: { width: 0, height: isPlaced ? lastPx : FIRST_PX },
    // Rows beyond the edge are drawn before they come into sight, so a scroll need not wait for those behind them.
    useFlushSync: false,
    // A row that has just been drawn is measured when the browser tells its size, before it is painted: asking for it
    // now would lay out the whole page once more in the middle of drawing.
    measureElement: (element, entry, instance) => {
      if (entry !== undefined) return measureElement(element, entry, instance);
      const index = instance.indexFromElement(element);
      const key = instance.options.getItemKey(index);
      return instance.itemSizeCache.get(key) ?? instance.options.estimateSize(index);
    },
    onChange: (instance) => {
      // Rows that are still being drawn get their places with the drawing.
      if (isPlaced && instance.options.getItemKey === drawnKeys.current)
        placeRows(instance, list.current, foot.current);
    },
    rangeExtractor: (range) => drawnIndexes(rows, aroundSight(range, canDraw), currentKey),
  });

  // After every drawing: a row may be new, or another one before it.
  useLayoutEffect(() => {
    drawnKeys.current = virtualizer.options.getItemKey;
    if (isPlaced) placeRows(virtualizer, list.current, foot.current);
  });

  useLayoutEffect(() => {
    if (virtualizer.range === null) return undefined;
    const whole = aroundSight({ ...virtualizer.range, count: rows.length }, () => true);
    if (drawnIndexes(rows, whole, currentKey).length === virtualizer.getVirtualIndexes().length) return undefined;
    // What a frame's beginning asks for is drawn when that frame has been painted.
    const frame = requestAnimationFrame(() => startTransition(() => setWholeRows(rows)));
    return () => cancelAnimationFrame(frame);
  });

  useEffect(() => {
    const { itemSizeCache } = virtualizer;
    if (itemSizeCache.size <= MAX_SIZES) return;
    const here = new Set<unknown>(rows.map(({ key }) => key));
    for (const key of itemSizeCache.keys()) if (!here.has(key)) itemSizeCache.delete(key);
  }, [rows, virtualizer]);

  const revealed = useRef<string | null>(null);
  useEffect(() => {
    if (openKey === revealed.current) return;
    const index = openKey === null ? -1 : rows.findIndex(({ key }) => key === openKey);
    if (openKey !== null && index === -1) return;
    revealed.current = openKey;
    if (index !== -1) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [openKey, rows, virtualizer]);

  return {
    virtualizer,
    /** Where the list and what follows it stand; whether their rows are placed by this, or by the flow of the page. */
    place: { listRef: list, footRef: foot, isPlaced },
    /** A link may lead to a row far down; what the reader opens in the list itself is in sight, and stays there. */
    isInSight: (key: string) => void (revealed.current = key),
  };
}
