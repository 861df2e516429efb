import type { AlertGroup } from '../../hooks/alert-groups.ts';

type Counted = Pick<AlertGroup, 'alerts' | 'isPartial'>;

/** How many alerts a group has, as far as they are loaded: `5`, `8+`. */
export const countText = ({ alerts, isPartial }: Counted): string => `${alerts.length}${isPartial ? '+' : ''}`;

/** The same in words: `1 alert`, `5 alerts`, `8 or more alerts`. */
export function alertsWords({ alerts, isPartial }: Counted): string {
  const more = isPartial ? ' or more' : '';
  return `${alerts.length}${more} ${alerts.length === 1 && !isPartial ? 'alert' : 'alerts'}`;
}
