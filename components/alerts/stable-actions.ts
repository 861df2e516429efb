import { useEffect, useMemo, useRef } from 'react';
import type { RowActions } from './alert-group.tsx';

/**
 * The same object for as long as the same things can be done: a row is not drawn again because the list around it
 * was. What it calls is always the newest.
 */
export function useStableActions(actions: RowActions): RowActions {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const canAcknowledge = actions.acknowledge !== undefined;
  const canAcknowledgeGroup = actions.acknowledgeGroup !== undefined;
  const canMute = actions.muteGroup !== undefined;
  return useMemo(
    () => ({
      open: (group) => latest.current.open(group),
      close: () => latest.current.close(),
      select: (alert) => latest.current.select(alert),
      choose: (key, how) => latest.current.choose(key, how),
      acknowledge: canAcknowledge ? (alert) => latest.current.acknowledge?.(alert) : undefined,
      acknowledgeGroup: canAcknowledgeGroup ? (group) => latest.current.acknowledgeGroup?.(group) : undefined,
      muteGroup: canMute ? (group) => latest.current.muteGroup?.(group) : undefined,
    }),
    [canAcknowledge, canAcknowledgeGroup, canMute],
  );
}
