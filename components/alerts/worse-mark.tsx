import { TrendingUp } from 'lucide-react';
import { cn } from '../ui/class-names.ts';

/** Somebody had acknowledged this, and then it got worse. */
export function WorseMark({ className }: { readonly className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-1 font-medium whitespace-nowrap text-critical-ink', className)}>
      <TrendingUp aria-hidden className="size-3.5" /> worse since acknowledged
    </span>
  );
}
