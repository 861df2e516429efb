import type { Severity } from '../../contracts/alert.ts';
import { isWorseThan } from '../../contracts/alert-words.ts';
import type { Settings } from '../../contracts/settings.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding, Memory } from './detection.ts';
import { iso } from './explanation.ts';

const MINUTE_MS = 60_000;
export const CAP_KEY = 'cap';

/** Keys of either kind that are remembered of one minute; one beyond them counts each time it gets worse. */
const MAX_TOLD_KEYS = 100;

/**
 * `told` are those that were let through in this minute, `others` those that the summary stands for, by their keys
 * within the match; `worst` is how bad the summary was told to be.
 */
type CapMemory = {
  readonly minuteMs: number;
  readonly opened: number;
  readonly beyond: number;
  readonly told?: readonly string[];
  readonly others?: readonly string[];
  readonly worst?: Severity;
};

/** The memory of a match does not name the match: its id is a matter of the database. */
const keyInMatch = ({ alertKey: key }: Finding): string => key.slice(key.indexOf('|') + 1);

/**
 * Lets new alerts through up to the event's number for one minute; what is beyond it becomes one summary alert, as
 * bad as the worst it stands for, whose occurrences say how many they are. What was told before goes on getting worse freely. Null when nothing is new.
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
  const others = [...(known.others ?? [])];
  // One that opened in this very minute and was not let through is in the summary, and gets worse there.
  const isNew = (finding: Finding): boolean =>
    finding.isNews &&
    finding.occurrences === 1 &&
    finding.openedAtMs >= minuteMs &&
    !told.includes(keyInMatch(finding));
  // A further word about one that the summary stands for.
  const isInSummary = (finding: Finding): boolean => !finding.isNews && others.includes(keyInMatch(finding));
  if (!findings.some((finding) => isNew(finding) || isInSummary(finding))) return null;
  const through: Finding[] = [];
  let summary: Finding | undefined;
  for (const finding of findings) {
    if (isInSummary(finding)) continue;
    if (!isNew(finding)) through.push(finding);
    else if (opened < settings.maxAlertsPerEventMinute) {
      opened += 1;
      through.push(finding);
      if (told.length < MAX_TOLD_KEYS) told.push(keyInMatch(finding));
    } else {
      const key = keyInMatch(finding);
      if (!others.includes(key)) {
        beyond += 1;
        if (others.length < MAX_TOLD_KEYS) others.push(key);
      }
      if (summary === undefined || isWorseThan(finding.severity, summary.severity)) summary = finding;
    }
  }
  const isWorse = summary !== undefined && (known.worst === undefined || isWorseThan(summary.severity, known.worst));
  if (summary !== undefined) through.push(summaryOf(summary, { isNews: isWorse, minuteMs, beyond, settings, eventId }));
  const worst = isWorse ? summary?.severity : known.worst;
  const memory: CapMemory = { minuteMs, opened, beyond, told, others, ...(worst !== undefined && { worst }) };
  return { findings: through, memory };
}

function summaryOf(
  worst: Finding,
  at: {
    readonly isNews: boolean;
    readonly minuteMs: number;
    readonly beyond: number;
    readonly settings: Settings;
    readonly eventId: number;
  },
): Finding {
  const { isNews, minuteMs, beyond, settings, eventId } = at;
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
    // As its stored row counts them: the explanation stays that of its worst moment.
    occurrences: beyond,
    isNews,
    explanation: {
      ...explanation,
      rule: `More than ${settings.maxAlertsPerEventMinute} alerts of this match within a minute: this one stands for the others. The worst: ${explanation.rule}`,
      thresholds: { ...explanation.thresholds, maxAlertsPerEventMinute: settings.maxAlertsPerEventMinute },
      severityInputs: { ...explanation.severityInputs, summary: true, minute: iso(minuteMs) },
    },
  };
}
