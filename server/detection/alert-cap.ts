import { severityRank } from '../../contracts/alert-words.ts';
import type { Settings } from '../../contracts/settings.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding, Memory } from './detection.ts';
import { iso } from './explanation.ts';

const MINUTE_MS = 60_000;
export const CAP_KEY = 'cap';

/** Keys that are remembered of one minute: more are let through only by an unusually high cap. */
const MAX_TOLD_KEYS = 100;

/** `told` are the keys of those that were let through in this minute. */
type CapMemory = {
  readonly minuteMs: number;
  readonly opened: number;
  readonly beyond: number;
  readonly told?: readonly string[];
};

/**
 * Lets new alerts through up to the event's number for one minute; what is beyond it becomes one summary alert, as
 * bad as the worst it stands for. What was told before goes on getting worse freely. Null when nothing is new.
 */
export function capped(
  state: EventState,
  findings: readonly Finding[],
  at: { readonly atMs: number; readonly settings: Settings; readonly eventId: number },
): { readonly findings: readonly Finding[]; readonly memory: Memory } | null {
  const { settings, eventId } = at;
  const minuteMs = Math.floor(at.atMs / MINUTE_MS) * MINUTE_MS;
  const stored = state.memory.get(CAP_KEY) as CapMemory | undefined;
  const known: CapMemory = stored?.minuteMs === minuteMs ? stored : { minuteMs, opened: 0, beyond: 0 };
  let { opened, beyond } = known;
  const told = [...(known.told ?? [])];
  // One that opened in this very minute and was not let through is in the summary, and gets worse there.
  const isNew = ({ isNews, occurrences, openedAtMs, alertKey: key }: Finding): boolean =>
    isNews && occurrences === 1 && openedAtMs >= minuteMs && !told.includes(key);
  if (!findings.some(isNew)) return null;
  const through: Finding[] = [];
  let summary: Finding | undefined;
  for (const finding of findings) {
    if (!isNew(finding)) through.push(finding);
    else if (opened < settings.maxAlertsPerEventMinute) {
      opened += 1;
      through.push(finding);
      if (told.length < MAX_TOLD_KEYS) told.push(finding.alertKey);
    } else {
      beyond += 1;
      if (summary === undefined || severityRank(finding.severity) > severityRank(summary.severity)) summary = finding;
    }
  }
  if (summary !== undefined) through.push(summaryOf(summary, { minuteMs, beyond, settings, eventId }));
  return { findings: through, memory: { minuteMs, opened, beyond, told } satisfies CapMemory };
}

function summaryOf(
  worst: Finding,
  {
    minuteMs,
    beyond,
    settings,
    eventId,
  }: { readonly minuteMs: number; readonly beyond: number; readonly settings: Settings; readonly eventId: number },
): Finding {
  const named = { eventId, type: worst.type, bookmaker: '', market: worst.market, line: null, outcome: null } as const;
  const { explanation } = worst;
  return {
    ...worst,
    alertKey: alertKey({ ...named, type: 'price_change', market: '1x2' }, 'summary', minuteMs),
    line: null,
    outcome: null,
    oldMilliOdds: null,
    newMilliOdds: null,
    changeBasisPoints: null,
    probabilityBasisPoints: null,
    competitor: null,
    occurrences: 1,
    explanation: {
      ...explanation,
      rule: `More than ${settings.maxAlertsPerEventMinute} alerts of this match within a minute: this one stands for the others. The worst: ${explanation.rule}`,
      thresholds: { ...explanation.thresholds, maxAlertsPerEventMinute: settings.maxAlertsPerEventMinute },
      severityInputs: { ...explanation.severityInputs, summary: true, beyond, minute: iso(minuteMs) },
    },
  };
}
