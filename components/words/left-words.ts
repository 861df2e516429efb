import type { Alert } from '../../contracts/alert.ts';

/** The name under which the server notes who did not give one. */
const NOBODY_NAMED = 'desk';

/** What became of an alert that is still on screen and no longer in its list; `undefined` where that is not known. */
export function leftWords(fate: Pick<Alert, 'status' | 'muted' | 'acknowledgedBy'> | undefined): string {
  if (fate === undefined) return 'no longer in this list';
  if (fate.status === 'new') return fate.muted ? 'muted' : 'new again';
  if (fate.status === 'past') return 'has begun';
  const { acknowledgedBy } = fate;
  const isNamed = acknowledgedBy !== null && acknowledgedBy !== NOBODY_NAMED;
  return isNamed ? `acknowledged by ${acknowledgedBy}` : 'acknowledged by another trader';
}
