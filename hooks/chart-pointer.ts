import { type Cell, createCell } from './cell.ts';

/**
 * What the pointer is on, shared by a chart and the tables beside it: the book whose line or row it is, and the time
 * under it. Pointing at one lights up the other.
 */
export type ChartPointer = { readonly book: Cell<string | null>; readonly atMs: Cell<number | null> };

export const createChartPointer = (): ChartPointer => ({
  book: createCell<string | null>(null),
  atMs: createCell<number | null>(null),
});
