import type { Settings } from '../contracts/settings.ts';
import { collapseOutages } from '../server/detection/book-outage.ts';
import { detect } from '../server/detection/detect.ts';
import {
  type EventState,
  type Finding,
  type Memory,
  type QuoteRow,
  type QuoteVersion,
  emptyEventState,
  quoteKey,
} from '../server/detection/detection.ts';
import { buildEventState, rememberRunningPolls } from '../server/detection/event-state.ts';
import { findSilences } from '../server/detection/feed-silence.ts';
import type { Observation } from '../server/detection/observation.ts';

const EVENT_ID = 1;
const MINUTE_MS = 60_000;

export type Told = { readonly atMs: number; readonly finding: Finding };

/**
 * Feeds the polls of one event to the detector as the pipeline does: the clock looks for silent feeds every minute,
 * and with `restartEvery` the state is thrown away every so many polls and read back from what was stored.
 */
export function runPolls(
  polls: readonly { readonly atMs: number; readonly items: readonly Observation[] }[],
  settings: Settings,
  options: { readonly restartEvery?: number | undefined },
): Told[] {
  const told: Told[] = [];
  const stored = {
    quotes: new Map<string, QuoteRow>(),
    history: [] as QuoteVersion[],
    memory: new Map<string, Memory>(),
  };
  const silences = new Set<string>();
  let state: EventState | undefined;
  let clockMs = polls[0]?.atMs ?? 0;

  const keep = (changes: readonly { readonly key: string; readonly memory: Memory | null }[]): void => {
    for (const { key, memory } of changes) {
      if (memory === null) stored.memory.delete(key);
      else stored.memory.set(key, memory);
    }
  };
  for (const [index, { atMs, items }] of polls.entries()) {
    for (; state !== undefined && clockMs < atMs; clockMs += MINUTE_MS) {
      for (const { finding } of findSilences([{ eventId: EVENT_ID, state }], clockMs, settings)) {
        if (!silences.has(finding.alertKey)) told.push({ atMs: clockMs, finding });
        silences.add(finding.alertKey);
      }
    }
    const found: { event: number; finding: Finding }[] = [];
    for (const observation of items) {
      const detection = detect(state ?? emptyEventState(observation.event.kickoffMs), observation, settings, {
        eventId: EVENT_ID,
      });
      ({ state } = detection);
      for (const { recent: _recent, fair: _fair, ...row } of detection.quoteChanges) {
        stored.quotes.set(quoteKey(row), row);
        stored.history.push({
          key: quoteKey(row),
          observedAtMs: row.observedAtMs,
          state: row.state,
          outcomes: row.outcomes,
        });
      }
      keep(detection.memoryChanges);
      for (const finding of detection.findings) found.push({ event: EVENT_ID, finding });
    }
    const openBooks = new Set(items.filter((item) => !item.suspended).map((item) => item.bookmaker));
    for (const { finding } of collapseOutages(found, { openBooks, settings })) told.push({ atMs, finding });
    if (state === undefined) continue;
    const remembered = rememberRunningPolls(state);
    keep(remembered.memoryChanges);
    ({ state } = remembered);
    if (options.restartEvery !== undefined && index % options.restartEvery === 0) state = restarted(state);
  }
  return told;

  function restarted(before: EventState): EventState {
    return buildEventState({
      kickoffMs: before.kickoffMs,
      quotes: [...stored.quotes.values()],
      history: stored.history,
      lookBackMs: settings.lookBackMinutes * MINUTE_MS,
      lastSeen: [...before.books].map(([bookmaker, book]) => ({ bookmaker, lastSeenMs: book.lastSeenMs })),
      memory: [...stored.memory].map(([key, memory]) => ({
        key,
        memory: JSON.parse(JSON.stringify(memory)) as Memory,
      })),
    });
  }
}
