import { SEVERITIES } from '../../contracts/alert-words.ts';
import type { Alert } from '../../contracts/alert.ts';
import type { OddsFormat } from '../../hooks/preferences.ts';
import { SEVERITY_WORDS, selectionWords } from './market-words.ts';
import { happeningWords, standingPrices } from './move-words.ts';
import { changeText, formatApart, oddsText } from './odds-words.ts';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The row of an alert in Risk Monitoring. */
export const alertAddress = ({ eventId, id }: Pick<Alert, 'eventId' | 'id'>): string =>
  `/risk-monitoring?eventId=${eventId}&alert=${id}`;

export const teamsWords = ({ event }: Pick<Alert, 'event'>): string => `${event.home} v ${event.away}`;

type Counts = { readonly alerts: number; readonly events: number; readonly isPartial: boolean };

/** `12 new alerts in 3 events`, `3 new critical alerts in 1 event`, `500+ new alerts in 41+ events`. */
export function newsTitle({ alerts, events, isPartial }: Counts, kind: 'critical' | 'other'): string {
  const word = kind === 'critical' ? 'new critical alert' : 'new alert';
  if (isPartial) return `${alerts}+ ${word}s in ${events}+ events`;
  return `${counted(alerts, word)} in ${counted(events, 'event')}`;
}

export type ToldAlert = Pick<
  Alert,
  | 'bookmaker'
  | 'market'
  | 'line'
  | 'outcome'
  | 'type'
  | 'oldOdds'
  | 'newOdds'
  | 'changePercent'
  | 'competitor'
  | 'availability'
>;

/**
 * What happened, without who plays: `1X2 · Home 2.20 → 1.76 (−20.0%) at draftkings`, and of a price that stands
 * against another one `1X2 · Home 2.20 at draftkings, consensus 1.97`.
 */
export function alertWords(alert: ToldAlert, format: OddsFormat): string {
  const where = `at ${alert.bookmaker}`;
  const happening = happeningWords(alert);
  if (happening !== null) return `${selectionWords(alert)} ${happening} ${where}`;
  const standing = standingPrices(alert);
  if (standing !== null) {
    const { odds, other, otherOdds } = standing;
    const apart = formatApart(odds, otherOdds, format);
    return `${selectionWords(alert)} ${oddsText(odds, apart)} ${where}, ${other} ${oddsText(otherOdds, apart)}`;
  }
  const percent = alert.changePercent;
  const change = percent === null ? '' : ` (${changeText({ ...alert, percent }, format)})`;
  const apart = formatApart(alert.oldOdds, alert.newOdds, format);
  return `${selectionWords(alert)} ${oddsText(alert.oldOdds, apart)} → ${oddsText(alert.newOdds, apart)}${change} ${where}`;
}

/** One event's news for a notification of the system. */
export function notificationWords(
  alerts: readonly [Alert, ...Alert[]],
  format: OddsFormat,
): { readonly title: string; readonly body: string } {
  const worst = SEVERITIES.findLast((severity) => alerts.some((alert) => alert.severity === severity));
  const more = alerts.length === 1 ? '' : ` and ${counted(alerts.length - 1, 'more alert')}`;
  return {
    title: `${worst === undefined ? '' : `${SEVERITY_WORDS[worst]}: `}${teamsWords(alerts[0])}`,
    body: `${alertWords(alerts[0], format)}${more}`,
  };
}

/** So many events are named aloud. */
const SPOKEN_EVENTS = 3;

/** New critical alerts as a sentence to be heard: how many, and who plays. */
export function spokenWords(alerts: readonly [Alert, ...Alert[]], format: OddsFormat): string {
  const [first] = alerts;
  const matches = [...new Set(alerts.map(teamsWords))];
  if (alerts.length === 1) return `New critical alert: ${teamsWords(first)}, ${alertWords(first, format)}`;
  const title = newsTitle({ alerts: alerts.length, events: matches.length, isPartial: false }, 'critical');
  const more = matches.length > SPOKEN_EVENTS ? `, and ${matches.length - SPOKEN_EVENTS} more` : '';
  return `${title}: ${matches.slice(0, SPOKEN_EVENTS).join(', ')}${more}`;
}
