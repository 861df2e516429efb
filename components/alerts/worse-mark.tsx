import { TrendingUp } from 'lucide-react';
import { cn } from '../ui/class-names.ts';

type WorseMarkProps = {
  /** `short` where a column has no room for the whole; it is said to screen readers and on hover. */
  readonly form?: 'whole' | 'short';
  readonly className?: string;
};

/** Somebody had acknowledged this, and then it got worse. A part of its line, so that it is shortened like words. */
export function WorseMark({ form = 'whole', className }: WorseMarkProps) {
  return (
    <span title="Worse since acknowledged" className={cn('font-medium text-critical-ink', className)}>
      <TrendingUp aria-hidden className="mr-1 inline size-3.5 align-[-2.5px]" />
      worse<span className={cn(form === 'short' && 'sr-only')}> since acknowledged</span>
    </span>
  );
}
