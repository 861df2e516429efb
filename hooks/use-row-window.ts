import { type Virtualizer, measureElement, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef } from 'react';
import { type ListRow, drawnIndexes } from './list-rows.ts';
import { usePreferences } from './use-preferences.ts';

export type RowVirtualizer = Virtualizer<HTMLDivElement, HTMLElement>;

/** What a row is thought to take before it has been measured. */
const ROW_PX = {
  comfortable: { group: 60, alert: 33, more: 41 },
  compact: { group: 48, alert: 25, more: 41 },
} as const;
/** The first HTML has rows for a screen of this height. */
const FIRST_PX = 900;
/** So many rows are drawn beyond either edge. */
const OVERSCAN = 5;

/** Sizes of rows that have been seen; those of rows that have left the list are let go of beyond this. */
const MAX_SIZES = 2_000;

type RowWindowOptions = {
  readonly rows: readonly ListRow[];
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The row with the focus, which is drawn wherever the list is scrolled to. */
  readonly currentKey: string | null;
  /** The row that the address leads to. */
  readonly openKey: string | null;
};

/** Which rows are drawn, and scrolling to those that are not. */
export function useRowWindow({ rows, scroller, currentKey, openKey }: RowWindowOptions) {
  const { density } = usePreferences();
  // Its functions change with every scroll; nothing here is memoised by them.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_PX[density][rows[index]?.kind ?? 'group'],
    getItemKey: (index) => rows[index]?.key ?? index,
    initialRect: { width: 0, height: FIRST_PX },
    overscan: OVERSCAN,
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
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) =>
      drawnIndexes(
        rows,
        { from: Math.max(0, startIndex - overscan), to: Math.min(count - 1, endIndex + overscan) },
        currentKey,
      ),
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
    /** A link may lead to a row far down; what the reader opens in the list itself is in sight, and stays there. */
    isInSight: (key: string) => void (revealed.current = key),
  };
}
