import type { AlertFilter } from '../../contracts/alert-query.ts';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertId } from '../../contracts/ids.ts';
import { MAX_IDS_PER_REQUEST } from '../../contracts/limits.ts';
import type { AlertGroup } from '../../hooks/alert-groups.ts';
import { type AlertView, NOTHING_NARROWED, alertFilter } from '../../hooks/alert-view.ts';
import { muteTargetOf, openMute, openMuteEvents } from '../../hooks/mute-target.ts';
import { useAcknowledge } from '../../hooks/use-acknowledge.ts';
import type { ViewChange } from './facets.ts';
import { useStableActions } from './stable-actions.ts';

export const NOTHING_CHOSEN = { alert: null, eventId: null } as const;

const idsOf = (groups: readonly AlertGroup[]) => groups.flatMap((group) => group.alerts.map((alert) => alert.id));
const targetOf = (group: AlertGroup) => muteTargetOf(group.strongest, group.alerts);

function muteGroups(groups: readonly AlertGroup[]): void {
  const [first, ...others] = groups.map(targetOf);
  if (first === undefined) return;
  if (others.length === 0) openMute(first);
  else openMuteEvents([first, ...others]);
}

/** What can be done with the alerts of a view, and in its list: there only what its tab allows. */
export function useAlertActions(view: AlertView, change: (part: ViewChange) => void) {
  const { acknowledge, unacknowledge } = useAcknowledge();

  // None of these can fail unheard: the hook tells it in a toast.
  function acknowledgeAlerts(ids: readonly AlertId[], note: string): void {
    void acknowledge({ request: { ids }, shown: ids, note });
  }
  const acknowledgeAlert = (alert: Alert, note = ''): void => acknowledgeAlerts([alert.id], note);

  /** Exactly what is on screen while that is all there is; only a longer list is named by its filter. */
  function acknowledgeShown(groups: readonly AlertGroup[], filter: AlertFilter, note: string): void {
    const shown = idsOf(groups);
    const isWhole = !groups.some((group) => group.isPartial) && shown.length <= MAX_IDS_PER_REQUEST;
    const request = isWhole
      ? { ids: shown }
      : { filter: { status: ['new' as const], ...alertFilter(view), ...filter } };
    void acknowledge({ request, shown, note });
  }
  const acknowledgeGroup = (group: AlertGroup, note = ''): void =>
    acknowledgeShown([group], { eventId: [group.eventId] }, note);

  const isNew = view.tab === 'new';
  const canMute = view.tab !== 'past';
  const inList = useStableActions({
    clear: () => change(NOTHING_NARROWED),
    close: () => change(NOTHING_CHOSEN),
    open: (group: AlertGroup) => change({ eventId: group.eventId, alert: group.strongest.id }),
    select: (selected: Alert) => change({ eventId: selected.eventId, alert: selected.id }),
    acknowledge: isNew ? acknowledgeAlert : undefined,
    acknowledgeAlerts: isNew ? acknowledgeAlerts : undefined,
    acknowledgeGroup: isNew ? acknowledgeGroup : undefined,
    acknowledgeAll: isNew
      ? (groups: readonly AlertGroup[], note: string) => acknowledgeShown(groups, {}, note)
      : undefined,
    muteGroup: canMute ? (group: AlertGroup) => openMute(targetOf(group)) : undefined,
    muteGroups: canMute ? muteGroups : undefined,
  });

  return {
    inList,
    acknowledgeAlert,
    acknowledgeGroup,
    unacknowledgeAlert: (alert: Alert): void => void unacknowledge([alert.id]),
  };
}
