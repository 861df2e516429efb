import type { EventId } from '../../contracts/ids.ts';
import type { Finding } from '../detection/detection.ts';
import type { AlertToStore } from './price-store.ts';
import { isToldAlready } from './told-already.ts';

type FoundAt = { readonly eventId: EventId; readonly kickoffMs: number; readonly bookmakerId: number };

/** How many offers an alert about several of them names. */
const offersOf = ({ explanation }: Pick<Finding, 'explanation'>): number =>
  Number(explanation.severityInputs['offers'] ?? 1);

/** What a transaction has found and not yet stored, one alert for each key. */
export function createFoundAlerts() {
  const alerts = new Map<string, AlertToStore>();

  return {
    /**
     * Keeps a finding for the end of the transaction; of two with one key the worse one stays, with the occurrences
     * of the later one, or the later one where it speaks of another price. Returns whether anybody is to be told.
     */
    add(finding: Finding, at: FoundAt): boolean {
      const known = alerts.get(finding.alertKey);
      const { bookmaker: _name, ...found } = finding;
      if (
        known !== undefined &&
        isToldAlready(known, found, known.bookmakerId === at.bookmakerId) &&
        offersOf(known) >= offersOf(finding)
      ) {
        const occurrences = Math.max(known.occurrences, finding.occurrences);
        if (occurrences > known.occurrences) alerts.set(finding.alertKey, { ...known, occurrences });
        return false;
      }
      const { explanation } = finding;
      const openedAt = known?.explanation.openedAt ?? explanation.observedAt;
      alerts.set(finding.alertKey, {
        ...found,
        ...at,
        explanation: { ...explanation, openedAt },
        isNews: finding.isNews || known?.isNews === true,
      });
      return finding.isNews;
    },

    /** At most `count` of the alerts to be stored, in the order in which they were found; they are kept no longer. */
    take(count: number): readonly AlertToStore[] {
      const taken: AlertToStore[] = [];
      for (const alert of alerts.values()) {
        if (taken.length === count) break;
        taken.push(alert);
      }
      for (const alert of taken) alerts.delete(alert.alertKey);
      return taken;
    },
  };
}
