import { BellOff } from 'lucide-react';
import { cn } from '../ui/class-names.ts';

/** Says that a mute keeps something quiet. */
export function MutedMark({ className }: { readonly className?: string }) {
  return (
    <span title="Muted" className={cn('inline-flex items-center text-secondary', className)}>
      <BellOff aria-hidden className="size-3.5" />
      <span className="sr-only">muted</span>
    </span>
  );
}
