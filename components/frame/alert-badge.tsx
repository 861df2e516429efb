import { type BadgeState, badgeName, badgeText } from '../../hooks/badge-state.ts';
import { cn } from '../ui/class-names.ts';

function colour(state: BadgeState): string {
  if (state.kind === 'unknown') return 'bg-chip text-secondary ring-1 ring-inset ring-rule-strong';
  switch (state.worst) {
    case 'critical':
      return 'bg-critical text-on-severity';
    case 'elevated':
      return 'bg-elevated text-on-warning';
    case 'warning':
      return 'bg-warning text-on-warning';
    case null:
      return 'bg-chip text-secondary';
  }
}

/** The number of new alerts in the colour of the worst; `?` while it is not known. */
export function AlertBadge({ state, className }: { readonly state: BadgeState; readonly className?: string }) {
  return (
    <output
      aria-label={badgeName(state)}
      data-kind={state.kind}
      className={cn(
        'inline-flex h-5 min-w-7 items-center justify-center rounded-full px-2 text-quiet font-semibold',
        colour(state),
        className,
      )}
    >
      <span aria-hidden>{badgeText(state)}</span>
    </output>
  );
}
