import type { ChartPointer } from '../../hooks/chart-pointer.ts';
import { useCell } from '../../hooks/cell.ts';
import { cn } from '../ui/class-names.ts';
import { LEGEND_CLASSES } from './chart-place.ts';
import { type PlotLine, valueAt } from './plot-lines.ts';

type LegendProps = {
  readonly lines: readonly PlotLine[];
  readonly pointer: ChartPointer;
  readonly valueText: (value: number | null) => string;
};

const STROKES = {
  own: 'border-accent border-t-2',
  other: 'border-secondary/60 border-t',
  median: 'border-ink border-t-2 border-dashed',
} as const;

function LegendItem({ line, pointer, valueText }: Omit<LegendProps, 'lines'> & { readonly line: PlotLine }) {
  const isLit = useCell(pointer.book, (book) => book === line.name);
  const text = useCell(pointer.atMs, (atMs) => valueText(valueAt(line, atMs ?? line.endMs)));
  return (
    <li
      aria-current={isLit}
      onPointerEnter={() => pointer.book.set(line.name)}
      onPointerLeave={() => pointer.book.set(null)}
      className={cn('flex h-6 items-center gap-2 rounded-sm px-1.5', isLit && 'bg-hover')}
    >
      <span aria-hidden className={cn('w-4 shrink-0', STROKES[line.kind])} />
      <bdi className={cn('min-w-0 flex-1 truncate', line.kind === 'own' && 'font-semibold')}>{line.name}</bdi>
      <span className={cn('text-right', line.kind === 'own' && 'font-semibold')}>{text}</span>
    </li>
  );
}

/** Every book with its price at the time under the pointer, or its last one; pointing at a book lights up its line. */
export function ChartLegend({ lines, ...shared }: LegendProps) {
  return (
    <ul aria-label="Books on the chart" className={LEGEND_CLASSES}>
      {lines.toReversed().map((line) => (
        <LegendItem key={line.name} line={line} {...shared} />
      ))}
    </ul>
  );
}
