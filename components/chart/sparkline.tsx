import type { Alert } from '../../contracts/alert.ts';
import { useSparkline } from '../../hooks/use-sparkline.ts';
import { cn } from '../ui/class-names.ts';
import { sparkShape } from './spark-path.ts';

const BOX = { width: 56, height: 26, padding: 3 } as const;

const STROKES = { critical: 'stroke-critical', elevated: 'stroke-elevated', warning: 'stroke-warning' } as const;
const FILLS = { critical: 'fill-critical', elevated: 'fill-elevated', warning: 'fill-warning' } as const;

type SparklineProps = { readonly alert: Pick<Alert, 'id' | 'seq' | 'severity'>; readonly className?: string };

/**
 * The last two hours of an alert's price as a small line. It has its place from the start, so that nothing moves when
 * it comes. Only for the eye, and named for who points at it: the row beside it says the move in words.
 */
export function Sparkline({ alert, className }: SparklineProps) {
  const sparkline = useSparkline(alert);
  const { path, end } = sparkline === null ? { path: '', end: null } : sparkShape(sparkline, BOX);
  return (
    <svg
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      width={BOX.width}
      height={BOX.height}
      className={cn('shrink-0', className)}
      aria-hidden
    >
      {path !== '' && <title>The price over the last two hours</title>}
      <path d={path} fill="none" strokeWidth={1.5} strokeLinejoin="round" className={STROKES[alert.severity]} />
      {end !== null && <circle cx={end.x} cy={end.y} r={2} className={FILLS[alert.severity]} />}
    </svg>
  );
}
