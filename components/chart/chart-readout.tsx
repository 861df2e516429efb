import type { ChartPointer } from '../../hooks/chart-pointer.ts';
import { useCell } from '../../hooks/cell.ts';
import { useZone } from '../time/use-zone.ts';
import { exactWords } from '../words/time-words.ts';
import { type PlotLine, valueAt } from './plot-lines.ts';

type ReadoutProps = {
  readonly lines: readonly PlotLine[];
  readonly pointer: ChartPointer;
  readonly valueText: (value: number | null) => string;
};

/** The time under the pointer, and the price there of the book that it is nearest to. For the eye; the table tells all. */
export function ChartReadout({ lines, pointer, valueText }: ReadoutProps) {
  const zone = useZone();
  const atMs = useCell(pointer.atMs, (value) => value);
  const book = useCell(pointer.book, (value) => value);
  if (atMs === null) return null;
  const line = lines.find(({ name }) => name === book);
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute right-2 bottom-9 rounded-sm bg-panel/90 px-1.5 py-0.5 text-quiet whitespace-nowrap text-secondary ring-1 ring-rule"
    >
      {exactWords(atMs, zone)}
      {line !== undefined && (
        <>
          {' · '}
          <bdi className="text-ink">{line.name}</bdi>{' '}
          <span className="font-semibold text-ink">{valueText(valueAt(line, atMs))}</span>
        </>
      )}
    </div>
  );
}
