import type { Severity } from '../../contracts/alert.ts';
import { cn } from '../ui/class-names.ts';
import { SEVERITY_WORDS } from '../words/market-words.ts';

const FILL: Readonly<Record<Severity, string>> = {
  critical: 'fill-critical',
  elevated: 'fill-elevated',
  warning: 'fill-warning',
};

const SHAPE: Readonly<Record<Severity, string>> = {
  critical: 'M8 .9 15.1 8 8 15.1 .9 8Z',
  elevated: 'M8 1.8 15.3 14.6H.7Z',
  warning: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z',
};

type SeverityMarkProps = {
  readonly severity: Severity;
  readonly className?: string;
  /** The word stands beside it already. */
  readonly silent?: boolean;
};

/** Severity as colour and shape, and as a word for who sees neither: diamond, triangle, circle. */
export function SeverityMark({ severity, className = 'size-4', silent = false }: SeverityMarkProps) {
  const name = silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': SEVERITY_WORDS[severity] };
  return (
    <svg viewBox="0 0 16 16" className={cn('shrink-0', FILL[severity], className)} {...name}>
      <path d={SHAPE[severity]} strokeLinejoin="round" />
    </svg>
  );
}
