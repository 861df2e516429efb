import { badgeIcon, iconAddress } from '../../hooks/badge-icon.ts';
import { useRiskAlerts } from '../../hooks/use-risk-alerts.ts';

/** The tab's icon tells what the badge tells. It is the page's only one: a second would leave the choice to the browser. */
export function Favicon() {
  const { badge, silent } = useRiskAlerts();
  return <link rel="icon" type="image/svg+xml" href={iconAddress(badgeIcon(badge, { isSilent: silent.length > 0 }))} />;
}
