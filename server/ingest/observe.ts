import type { Settings } from '../../contracts/settings.ts';
import type { Detect } from '../detection/detection.ts';
import type { Observation, ObservedEvent } from '../detection/observation.ts';
import { absentSinceMs } from '../detection/pace.ts';
import type { MutesInForce } from './mutes-in-force.ts';
import type { Stage, StagedEvent } from './stage.ts';
import type { Tally } from './tally.ts';

/** Takes one observation through detection into the stage, and counts what it brought. */
export function observe(
  stage: Stage,
  tally: Tally,
  observation: Observation,
  { detect, settings, mutes }: { readonly detect: Detect; readonly settings: Settings; readonly mutes: MutesInForce },
): void {
  const event = stage.event(observation.event.sourceKey);
  if (event === undefined) throw new Error(`event ${observation.event.sourceKey} was not resolved before it was used`);
  const { bookmaker, observedAtMs } = observation;
  const sinceMs = absentSinceMs(event.state, bookmaker, observedAtMs);
  const isMuted = mutes.of(event.id);
  const detection = detect(event.state, observation, settings, { eventId: event.id, isMuted });
  const isLate = detection.state === event.state;
  event.state = detection.state;
  stage.seen(event, bookmaker, observedAtMs);
  if (sinceMs !== null) stage.wasAbsent(event, bookmaker, { fromMs: sinceMs, toMs: observedAtMs });
  tally.heard.add(observation.bookmaker);
  const described = isLate ? event.described : newDescription(event, observation.event);
  if (described !== event.described) {
    if (described.kickoffMs !== event.described.kickoffMs) tally.movedEventIds.add(event.id);
    stage.redescribe(event, described);
  }
  for (const quote of detection.quoteChanges) stage.changeQuote(event, quote);
  for (const { key, memory } of detection.memoryChanges) stage.changeMemory(event, key, memory);
  for (const finding of detection.findings) tally.found.push({ event, finding });
  if (!observation.suspended && observation.outcomes.length > 0) tally.openBooks.add(observation.bookmaker);
  if (detection.quarantined !== undefined) {
    const { bookmaker } = observation;
    const reason = detection.quarantined;
    const key = `${reason} ${bookmaker}`;
    tally.quarantined.set(key, { bookmaker, reason, count: (tally.quarantined.get(key)?.count ?? 0) + 1 });
  }
  if (detection.quoteChanges.length > 0) {
    tally.changed += 1;
    tally.oddsEventIds.add(event.id);
    tally.bookmakers.add(observation.bookmaker);
  }
}

/**
 * The event with the kickoff that detection goes by, and with the names that came with that kickoff: a book that is
 * wrong about when is not believed about who. The same object when nothing of it is new.
 */
function newDescription({ described, state }: StagedEvent, said: ObservedEvent): ObservedEvent {
  const { kickoffMs } = state;
  const isSame =
    described.home === said.home &&
    described.away === said.away &&
    described.league === said.league &&
    described.country === said.country &&
    described.sport === said.sport;
  if (!isSame && said.kickoffMs === kickoffMs) return said;
  return described.kickoffMs === kickoffMs ? described : { ...described, kickoffMs };
}
