import { isDeepStrictEqual } from 'node:util';
import { severityRank } from '../../contracts/alert.ts';
import { alertListSchema } from '../../contracts/alert-query.ts';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { ingestAnswerSchema } from '../../contracts/snapshot.ts';
import { detect } from '../../server/detection/detect.ts';
import { emptyEventState, type EventState, type Quote } from '../../server/detection/detection.ts';
import { type Observation, toObservation } from '../../server/detection/observation.ts';
import { type LoadShape, bodyOf } from './known-load.ts';
import type { SentBody } from './load.ts';
import {
  type StoredAlertRow,
  type StoredDesk,
  type StoredVersion,
  readStoredDesk,
  versionKey,
} from './stored-state.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, ownBookmaker: 'draftkings' };

export type Verdict = {
  readonly bodies: number;
  readonly answered: number;
  /** Sent, never answered, and wholly stored. */
  readonly storedUnanswered: number;
  /** Sent, never answered, and wholly absent. */
  readonly absent: number;
  readonly rows: number;
  readonly alerts: number;
  /** Each fault in one sentence; empty when every promise was kept. */
  readonly faults: readonly string[];
};

/**
 * Holds the database and the API against what producers were told: everything answered is there once, a body is
 * whole or absent, and alerts, prices, memory, answers and watermark are what detection makes of exactly the
 * bodies that are there. Nothing may be written meanwhile.
 */
export async function verifyDesk(options: {
  readonly databaseUrl: string;
  readonly url: string;
  readonly shape: LoadShape;
  readonly sent: readonly SentBody[];
}): Promise<Verdict> {
  const { shape, sent } = options;
  const desk = await readStoredDesk(options.databaseUrl);
  const faults: string[] = [];
  const stored = storedBodies(shape, sent, desk, faults);
  checkAnswers(sent, stored, desk, faults);
  checkWatermark(desk, faults);
  await checkApi(options.url, desk, faults);
  checkDetection(shape, stored, desk, faults);
  const answered = sent.filter((body) => body.answer !== undefined).length;
  const storedUnanswered = stored.filter((body) => body.answer === undefined).length;
  return {
    bodies: sent.length,
    answered,
    storedUnanswered,
    absent: sent.length - answered - storedUnanswered,
    rows: desk.versions.length,
    alerts: desk.alerts.length,
    faults,
  };
}

const toVersions = (observations: readonly Observation[]): StoredVersion[] =>
  observations.map(({ event, bookmaker, market, line, observedAtMs, outcomes }) => ({
    event: event.sourceKey,
    bookmaker,
    market,
    line,
    observedAtMs,
    outcomes: JSON.stringify(outcomes.map((outcome) => [outcome.name, outcome.milliOdds, outcome.suspended ? 1 : 0])),
  }));

const observationsOf = (shape: LoadShape, body: SentBody): readonly Observation[] =>
  bodyOf(shape, body.producer, body.poll).map(toObservation);

/** The bodies that are wholly there, in the order of their sending. */
function storedBodies(shape: LoadShape, sent: readonly SentBody[], desk: StoredDesk, faults: string[]): SentBody[] {
  const times = new Map<string, number>();
  for (const version of desk.versions) {
    const key = versionKey(version);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const stored: SentBody[] = [];
  for (const body of sent) {
    const keys = toVersions(observationsOf(shape, body)).map(versionKey);
    const found = keys.filter((key) => times.has(key)).length;
    const twice = keys.filter((key) => (times.get(key) ?? 0) > 1).length;
    const name = `body ${body.producer}/${body.poll} (${body.manner}, ${body.attempts} attempts)`;
    if (found > 0 && found < keys.length) faults.push(`${name} is half there: ${found} of ${keys.length} rows`);
    if (twice > 0) faults.push(`${name} has ${twice} rows more than once`);
    if (found === 0 && body.answer !== undefined) faults.push(`${name} was answered 200 and is gone`);
    if (found > 0) stored.push(body);
    for (const key of keys) times.delete(key);
  }
  if (times.size > 0) faults.push(`${times.size} rows that nobody sent, such as ${[...times.keys()][0]}`);
  return stored;
}

function checkAnswers(
  sent: readonly SentBody[],
  stored: readonly SentBody[],
  desk: StoredDesk,
  faults: string[],
): void {
  const isStored = new Set(stored);
  for (const body of sent) {
    if (body.key === null) continue;
    const answer = desk.answers.get(body.key);
    const name = `key ${body.key}`;
    if ((answer !== undefined) !== isStored.has(body))
      faults.push(`${name}: rows and stored answer do not go together`);
    if (answer === undefined || body.answerText === undefined) continue;
    if (JSON.stringify(ingestAnswerSchema.parse(answer)) !== body.answerText)
      faults.push(`${name}: the stored answer is not the one that was given`);
  }
  const lastSeq = new Map<number, number>();
  for (const { producer, poll, answer } of sent) {
    if (answer === undefined) continue;
    if (answer.epoch !== desk.watermark.epoch) faults.push(`body ${producer}/${poll} was answered with another epoch`);
    if (answer.seq > desk.watermark.seq)
      faults.push(`body ${producer}/${poll} was answered with seq ${answer.seq}, which never was`);
    if (answer.seq < (lastSeq.get(producer) ?? 0)) faults.push(`body ${producer}/${poll}: seq went back`);
    lastSeq.set(producer, answer.seq);
  }
}

function checkWatermark({ watermark, alerts }: StoredDesk, faults: string[]): void {
  if (watermark.alertTotal !== alerts.length)
    faults.push(`alert_total is ${watermark.alertTotal}, there are ${alerts.length} alerts`);
  const seqs = new Set(alerts.map((alert) => alert.seq));
  if (seqs.size !== alerts.length) faults.push('two alerts have one seq');
  const beyond = alerts.filter((alert) => alert.seq > watermark.seq || alert.seq < 1);
  if (beyond.length > 0) faults.push(`${beyond.length} alerts lie beyond the watermark ${watermark.seq}`);
}

async function checkApi(url: string, { watermark, alerts }: StoredDesk, faults: string[]): Promise<void> {
  const response = await fetch(`${url}/api/alerts?limit=1`);
  const { counts, epoch, seq } = alertListSchema.parse(await response.json());
  const total = counts.new + counts.acknowledged + counts.past;
  if (total !== alerts.length) faults.push(`the API counts ${total} alerts, the database has ${alerts.length}`);
  if (epoch !== watermark.epoch || seq !== watermark.seq)
    faults.push(`the API stands at ${seq}, the database at ${watermark.seq}`);
}

/** What detection makes of the stored bodies, from nothing, in their order. */
function checkDetection(shape: LoadShape, stored: readonly SentBody[], desk: StoredDesk, faults: string[]): void {
  const states = new Map<string, EventState>();
  const expected = new Map<string, Omit<StoredAlertRow, 'seq'>>();
  for (const body of stored) {
    for (const observation of observationsOf(shape, body)) {
      const { sourceKey, kickoffMs } = observation.event;
      const eventId = desk.eventIds.get(sourceKey);
      if (eventId === undefined) continue;
      const detection = detect(states.get(sourceKey) ?? emptyEventState(kickoffMs), observation, SETTINGS, { eventId });
      states.set(sourceKey, detection.state);
      for (const { alertKey, severity, oldMilliOdds, newMilliOdds, isNews } of detection.findings) {
        // What only comes again is counted at the alert that it was.
        if (!isNews && expected.has(alertKey)) continue;
        expected.set(alertKey, { alertKey, severity: severityRank(severity), oldMilliOdds, newMilliOdds });
      }
    }
  }
  const found = new Map(desk.alerts.map(({ seq: _seq, ...alert }) => [alert.alertKey, alert]));
  for (const [key, alert] of expected) {
    if (!isDeepStrictEqual(found.get(key), alert))
      faults.push(`alert ${key}: expected ${JSON.stringify(alert)}, got ${JSON.stringify(found.get(key))}`);
  }
  for (const key of found.keys())
    if (!expected.has(key)) faults.push(`alert ${key} follows from nothing that is stored`);

  const quotes = [...states].flatMap(([event, state]) =>
    [...state.books.values()].flatMap((book) => [...book.quotes.values()].map((quote) => currentKey(event, quote))),
  );
  const current = desk.current.map(versionKey);
  if (!isDeepStrictEqual(quotes.toSorted(), current.toSorted()))
    faults.push('current prices are not those of the stored bodies');
  const memory = new Map(
    [...states].flatMap(([event, state]) =>
      [...state.memory].map(([key, value]): [string, unknown] => [`${event}|${key}`, value]),
    ),
  );
  if (!isDeepStrictEqual(sorted(memory), sorted(desk.memory)))
    faults.push("detection's memory is not that of the stored bodies");
}

const currentKey = (event: string, { bookmaker, market, line, observedAtMs, outcomes }: Quote): string =>
  versionKey({
    event,
    bookmaker,
    market,
    line,
    observedAtMs,
    outcomes: JSON.stringify(outcomes.map((outcome) => [outcome.name, outcome.milliOdds, outcome.suspended ? 1 : 0])),
  });

const sorted = (map: ReadonlyMap<string, unknown>): [string, unknown][] =>
  [...map].toSorted(([one], [other]) => (one < other ? -1 : 1));
