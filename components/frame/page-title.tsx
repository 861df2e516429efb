'use client';

import { titleCount } from '../../hooks/badge-icon.ts';
import { useRiskAlerts } from '../../hooks/use-risk-alerts.ts';

/** The document's title, led by the badge's number: a desk in a background tab still tells. */
export function PageTitle({ children }: { readonly children: string }) {
  const { badge, silent } = useRiskAlerts();
  return <title>{`${titleCount(badge, { isSilent: silent.length > 0 })}${children} · Linewatch`}</title>;
}
