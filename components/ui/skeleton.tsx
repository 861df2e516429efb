import { cn } from './class-names.ts';

/** A place kept for what is coming, of its size. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-sm bg-chip', className)} />;
}
