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

/** A feed is silent: over the badge's corner, so that the number stays readable and nothing moves. */
function SilentMark({ silent }: { readonly silent: readonly string[] }) {
  const words = `${silent.length === 1 ? 'Feed' : 'Feeds'} silent: ${silent.join(', ')}`;
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className="absolute -top-2 -left-2.5 flex size-4 items-center justify-center rounded-full bg-ink text-[0.6875rem] leading-none font-bold text-panel ring-2 ring-panel"
    >
      !
    </span>
  );
}

type AlertBadgeProps = {
  readonly state: BadgeState;
  /** Bookmakers that are not heard of: the number may lack what happened there. */
  readonly silent: readonly string[];
  readonly className?: string;
};

/** The number of new alerts in the colour of the worst; `?` while it is not known, with a `!` where a feed is silent. */
export function AlertBadge({ state, silent, className }: AlertBadgeProps) {
  return (
    <span className={cn('relative inline-flex', className)}>
      <output
        aria-label={badgeName(state)}
        data-kind={state.kind}
        className={cn(
          'inline-flex h-5 min-w-7 items-center justify-center rounded-full px-2 text-quiet font-semibold',
          colour(state),
        )}
      >
        <span aria-hidden>{badgeText(state)}</span>
      </output>
      {silent.length > 0 && <SilentMark silent={silent} />}
    </span>
  );
}
