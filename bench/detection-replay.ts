import { DEFAULT_SETTINGS, type Settings } from '../contracts/settings.ts';
import { detect } from '../server/detection/detect.ts';
import { type EventState, type Finding, emptyEventState, quoteKey } from '../server/detection/detection.ts';
import { collapseOutages } from '../server/detection/book-outage.ts';
import type { Observation } from '../server/detection/observation.ts';
import { type ReadLine, recordedPolls } from '../server/ingest/recording.ts';
import { parseSnapshotLine } from '../server/ingest/snapshot-line.ts';

const DAY_MS = 86_400_000;
const REFERENCE_EVERY = 8;
/** An invented snapshot of the usual length. */
const REFERENCE_LINE = JSON.stringify({
  t: '2026-03-01T12:00:00Z',
  event: '0123456789abcdef0123456789abcdef',
  home: 'Home',
  away: 'Away',
  league: 'League',
  country: 'Country',
  sport: 'soccer',
  kickoff: '2026-03-02T12:00:00Z',
  bookmaker: 'bookmaker',
  market: '1x2',
  line: null,
  outcomes: [
    { name: '1', odds: 2.1 },
    { name: 'X', odds: 3.4 },
    { name: '2', odds: 3.6 },
  ],
  suspended: false,
  upd: '2026-03-01T11:59:30Z',
});

/** One alert as it stands at the end, with every time it was news. */
export type ReplayedAlert = {
  readonly event: string;
  readonly finding: Finding;
  readonly firstMs: number;
  readonly newsMs: number[];
  worst: Finding['severity'];
  occurrences: number;
};

/** What detection took for each snapshot, in ms. */
export type Cost = number[];

export type Replay = {
  readonly alerts: ReadonlyMap<string, ReplayedAlert>;
  readonly eventDays: number;
  readonly events: ReadonlySet<string>;
  readonly snapshots: number;
  readonly quarantined: ReadonlyMap<string, number>;
  readonly cost: {
    readonly changed: Cost;
    readonly unchanged: Cost;
    /** What a known piece of work took at the same times: parsing a snapshot's JSON. */
    readonly reference: Cost;
    /** Share of the time in which this thread had a core; where others take turns on it, the times above hold theirs. */
    readonly coreShare: number;
  };
};

/** What an onlooker sees of one poll: each event's state before it, and after. */
export type PollSeen = (poll: {
  readonly atMs: number;
  readonly observations: readonly Observation[];
  readonly stateOf: (event: string) => EventState | undefined;
}) => void;

export const benchSettings = (ownBookmaker: string): Settings => ({ ...DEFAULT_SETTINGS, ownBookmaker });

const readObservation: ReadLine<Observation> = (text) => {
  const parsed = parseSnapshotLine(text);
  if (parsed.kind === 'refused') return parsed;
  return { kind: 'item', item: parsed.observation, atMs: parsed.observation.observedAtMs };
};

/** The polls of a recording, one after the other. */
export async function* pollsOf(
  file: string,
): AsyncGenerator<{ readonly atMs: number; readonly items: readonly Observation[] }> {
  for await (const poll of recordedPolls(file, readObservation)) yield { atMs: poll.atMs, items: poll.items };
}

type Polls = AsyncIterable<{ readonly atMs: number; readonly items: readonly Observation[] }>;

/** Feeds polls to the detector and keeps what it finds. */
export async function replay(polls: Polls, settings: Settings, seen?: PollSeen): Promise<Replay> {
  const states = new Map<string, EventState>();
  const ids = new Map<string, number>();
  const spans = new Map<string, { fromMs: number; untilMs: number }>();
  const alerts = new Map<string, ReplayedAlert>();
  const quarantined = new Map<string, number>();
  const cost = { changed: [] as number[], unchanged: [] as number[], reference: [] as number[] };
  const startedMs = performance.now();
  const startedCpu = process.threadCpuUsage();
  let snapshots = 0;
  for await (const { atMs, items } of polls) {
    const found: { event: string; finding: Finding }[] = [];
    for (const observation of items) {
      const { sourceKey, kickoffMs } = observation.event;
      const state = states.get(sourceKey) ?? emptyEventState(kickoffMs);
      if (!ids.has(sourceKey)) ids.set(sourceKey, ids.size + 1);
      const beforeMs = performance.now();
      const detection = detect(state, observation, settings, { eventId: ids.get(sourceKey) ?? 0 });
      const spent = performance.now() - beforeMs;
      (detection.quoteChanges.length > 0 ? cost.changed : cost.unchanged).push(spent);
      states.set(sourceKey, detection.state);
      snapshots += 1;
      if (snapshots % REFERENCE_EVERY === 0) cost.reference.push(referenceMs());
      if (detection.quarantined !== undefined)
        quarantined.set(detection.quarantined, (quarantined.get(detection.quarantined) ?? 0) + 1);
      for (const finding of detection.findings) found.push({ event: sourceKey, finding });
      if (atMs < kickoffMs) {
        const span = spans.get(sourceKey);
        if (span === undefined) spans.set(sourceKey, { fromMs: atMs, untilMs: atMs });
        else span.untilMs = atMs;
      }
    }
    const openBooks = new Set(
      items.filter((item) => !item.suspended && item.outcomes.length > 0).map((item) => item.bookmaker),
    );
    for (const { event, finding } of collapseOutages(found, { openBooks, settings }))
      tell(alerts, event, finding, atMs);
    seen?.({ atMs, observations: items, stateOf: (event) => states.get(event) });
  }
  const { user, system } = process.threadCpuUsage(startedCpu);
  const coreShare = Math.min(1, (user + system) / 1_000 / (performance.now() - startedMs));
  const eventDays = [...spans.values()].reduce((sum, span) => sum + (span.untilMs - span.fromMs) / DAY_MS, 0);
  return { alerts, eventDays, events: new Set(states.keys()), snapshots, quarantined, cost: { ...cost, coreShare } };
}

function referenceMs(): number {
  const beforeMs = performance.now();
  JSON.parse(REFERENCE_LINE);
  return performance.now() - beforeMs;
}

function tell(alerts: Map<string, ReplayedAlert>, event: string, finding: Finding, atMs: number): void {
  const known = alerts.get(finding.alertKey);
  if (known === undefined) {
    alerts.set(finding.alertKey, {
      event,
      finding,
      firstMs: atMs,
      newsMs: [atMs],
      worst: finding.severity,
      occurrences: 1,
    });
    return;
  }
  known.occurrences = Math.max(known.occurrences, finding.occurrences);
  if (!finding.isNews) return;
  known.newsMs.push(atMs);
  known.worst = finding.severity;
}

export const keyOf = (observation: Observation): string => `${observation.event.sourceKey}|${quoteKey(observation)}`;
