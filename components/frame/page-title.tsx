'use client';

import { badgeText } from '../../hooks/badge-state.ts';
import { useRiskAlerts } from '../../hooks/use-risk-alerts.ts';

/** The document's title, led by the badge's number: a desk in a background tab still tells. */
export function PageTitle({ children }: { readonly children: string }) {
  const { badge } = useRiskAlerts();
  const count = badge.kind !== 'unknown' && badge.counts.new === 0 ? '' : `(${badgeText(badge)}) `;
  return <title>{`${count}${children} · Linewatch`}</title>;
}
