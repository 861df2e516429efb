import type { Alert } from '../../contracts/alert.ts';

/** The name under which the server notes who did not give one. */
const NOBODY_NAMED = 'desk';

/** What became of an alert that is still on screen and no longer in its list; `undefined` where that is not known. */
export function leftWords(fate: Pick<Alert, 'status' | 'muted' | 'acknowledgedBy'> | undefined): string {
  if (fate === undefined) return 'no longer in this list';
  if (fate.status === 'new') return fate.muted ? 'muted' : 'new again';
  if (fate.status === 'past') return 'has begun';
  return `acknowledged ${handlerWords(fate) || 'by another trader'}`;
}

/** Who took an alert off the desk: `by Zoë`; empty where nobody did, or gave no name. */
export function handlerWords({ status, acknowledgedBy }: Pick<Alert, 'status' | 'acknowledgedBy'>): string {
  if (status === 'new' || acknowledgedBy === null || acknowledgedBy === NOBODY_NAMED) return '';
  return `by ${acknowledgedBy}`;
}
