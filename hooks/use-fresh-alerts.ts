import { useState } from 'react';
import type { Alert } from '../contracts/alert.ts';
import type { AlertGroup } from './alert-groups.ts';

type Baseline = { readonly viewKey: string; readonly seq: number };

/**
 * Tells alerts that came or changed while the reader looked from those that were there when the view opened.
 * Another view starts afresh, so that a filter does not light up the whole list.
 */
export function useFreshAlerts(viewKey: string, groups: readonly AlertGroup[] | null): (alert: Alert) => boolean {
  const [baseline, setBaseline] = useState<Baseline | null>(null);
  if (groups !== null && baseline?.viewKey !== viewKey) {
    const seq = Math.max(0, ...groups.flatMap((group) => group.alerts.map((alert) => alert.seq)));
    setBaseline({ viewKey, seq });
  }
  return (alert) => baseline?.viewKey === viewKey && alert.seq > baseline.seq;
}
