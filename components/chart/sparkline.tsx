import type { Alert } from '../../contracts/alert.ts';
import { useSparkline } from '../../hooks/use-sparkline.ts';
import { cn } from '../ui/class-names.ts';
import { useOddsFormat } from '../words/odds.tsx';
import { sparkShape } from './spark-path.ts';

const BOX = { width: 72, height: 26, padding: 3 } as const;

const STROKES = { critical: 'stroke-critical', elevated: 'stroke-elevated', warning: 'stroke-warning' } as const;

type SparklineProps = { readonly alert: Pick<Alert, 'id' | 'seq' | 'severity'>; readonly className?: string };

/**
 * The last two hours of an alert's price as a small line. It has its place from the start, so that nothing moves when
 * it comes. Only for the eye, and named for who points at it: the row beside it says the move in words.
 */
export function Sparkline({ alert, className }: SparklineProps) {
  const sparkline = useSparkline(alert);
  const isRising = useOddsFormat() === 'percent';
  const { path, end } =
    sparkline === null ? { path: '', end: null } : sparkShape(sparkline, BOX, isRising ? 'probability' : 'odds');
  return (
    <svg
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      height={BOX.height}
      preserveAspectRatio="none"
      className={cn('w-full overflow-visible', className)}
      aria-hidden
    >
      {path !== '' && <title>The price over the last two hours</title>}
      <path
        d={path}
        fill="none"
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        className={STROKES[alert.severity]}
      />
      {/* The end of a line of no length is round however wide the column is. */}
      {end !== null && (
        <path
          d={`M${end.x} ${end.y}h0`}
          strokeWidth={4}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className={STROKES[alert.severity]}
        />
      )}
    </svg>
  );
}
