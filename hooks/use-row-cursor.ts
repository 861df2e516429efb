import { type FocusEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { ListRow } from './list-rows.ts';

type CursorOptions = {
  readonly rows: readonly ListRow[];
  readonly region: RefObject<HTMLElement | null>;
  /** Where the keys begin when no row has had the focus yet. */
  readonly startKey: string | null;
  readonly onFocusLost: () => void;
};

const buttonOf = (region: HTMLElement | null, key: string): HTMLElement | null =>
  region?.querySelector<HTMLElement>(`[data-row="${key}"] [data-row-button]`) ?? null;

/**
 * The row that the keys act upon: the one that has, or last had, the focus. When it goes, the next one takes its
 * place, and the focus with it.
 */
export function useRowCursor({ rows, region, startKey, onFocusLost }: CursorOptions) {
  const [key, setKey] = useState<string | null>(null);
  const lastIndex = useRef(0);
  const wantsFocus = useRef(false);
  const hadFocus = useRef(false);
  const wantsFirst = useRef(false);

  const index = rows.findIndex((row) => row.key === key);
  const current = index === -1 ? rows.find((row) => row.key === startKey) : rows[index];

  useLayoutEffect(() => {
    if (wantsFirst.current) {
      wantsFirst.current = false;
      wantsFocus.current = true;
      setKey(rows[0]?.key ?? null);
      return;
    }
    if (index !== -1) lastIndex.current = index;
    const isLost = hadFocus.current && document.activeElement === document.body;
    if (index === -1 && key !== null) {
      const next = rows[Math.min(lastIndex.current, rows.length - 1)];
      if (isLost) wantsFocus.current = next !== undefined;
      setKey(next?.key ?? null);
      if (next !== undefined) return;
    }
    if (wantsFocus.current && key !== null) {
      const button = buttonOf(region.current, key);
      if (button === null) return;
      wantsFocus.current = false;
      button.focus({ preventScroll: true });
      return;
    }
    if (isLost) {
      hadFocus.current = false;
      onFocusLost();
    }
  }, [rows, key, index, region, onFocusLost]);

  return {
    /** Undefined where neither a row had the focus nor one is open. */
    current,
    /** The row that Tab leads to. */
    tabKey: current?.key ?? rows[0]?.key ?? null,
    /** Moves the focus by one row, from nowhere to the first. Returns the place of the row, to be brought into sight. */
    move(step: 1 | -1): number {
      const from = current === undefined ? -1 : rows.indexOf(current);
      const next = from === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, from + step));
      const nextKey = rows[next]?.key ?? null;
      wantsFocus.current = nextKey !== key;
      if (nextKey === key && key !== null) buttonOf(region.current, key)?.focus({ preventScroll: true });
      setKey(nextKey);
      return next;
    },
    /** The focus goes to whichever row is first after the next drawing. */
    moveToFirst: () => void (wantsFirst.current = true),
    events: {
      onFocus: (event: FocusEvent) => {
        hadFocus.current = true;
        const row = event.target.closest<HTMLElement>('[data-row]')?.dataset['row'];
        if (row !== undefined) setKey(row);
      },
      onBlur: (event: FocusEvent) => {
        // A row that is taken away, or another window, is no leaving: the focus shall come back.
        const isLeaving = event.relatedTarget !== null || (document.hasFocus() && event.target.isConnected);
        if (isLeaving) hadFocus.current = event.currentTarget.contains(event.relatedTarget);
      },
    },
  };
}
