import { isDeepStrictEqual } from 'node:util';
import { alertListSchema } from '../../contracts/alert-query.ts';
import { ingestAnswerSchema } from '../../contracts/snapshot.ts';
import { type Observation, toObservation } from '../../server/detection/observation.ts';
import { type LoadShape, bodyOf } from './known-load.ts';
import { type IngestBatch, batchOf } from '../../server/ingest/ingest-batch.ts';
import type { SentBody } from './load.ts';
import { storeUndisturbed } from './reference-desk.ts';
import {
  type StoredAlertRow,
  type StoredDesk,
  type StoredVersion,
  readStoredDesk,
  versionKey,
} from './stored-state.ts';

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
  const batches = stored.map((body) => batchOf(observationsOf(shape, body)));
  await checkReference(options.databaseUrl, batches, desk, faults);
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

/** Alerts, prices and memory must be those of the same bodies in a database where nothing went wrong. */
async function checkReference(
  databaseUrl: string,
  batches: readonly IngestBatch[],
  desk: StoredDesk,
  faults: string[],
): Promise<void> {
  const reference = await storeUndisturbed(databaseUrl, batches);
  const expected = byKey(reference.alerts);
  const found = byKey(desk.alerts);
  for (const [key, alert] of expected) {
    if (isDeepStrictEqual(found.get(key), alert)) continue;
    faults.push(`alert ${key}: expected ${JSON.stringify(alert)}, got ${JSON.stringify(found.get(key))}`);
  }
  for (const key of found.keys())
    if (!expected.has(key)) faults.push(`alert ${key} follows from nothing that is stored`);
  if (!isDeepStrictEqual(sortedKeys(desk.current), sortedKeys(reference.current))) {
    faults.push('current prices are not those of the stored bodies');
  }
  for (const [key, memory] of reference.memory) {
    if (isDeepStrictEqual(desk.memory.get(key), memory)) continue;
    faults.push(
      `memory ${key} is not that of the stored bodies: expected ${JSON.stringify(memory)}, got ${JSON.stringify(desk.memory.get(key))}`,
    );
  }
  for (const key of desk.memory.keys())
    if (!reference.memory.has(key)) faults.push(`memory ${key} follows from nothing that is stored`);
}

const byKey = (alerts: readonly StoredAlertRow[]): ReadonlyMap<string, Omit<StoredAlertRow, 'seq'>> =>
  new Map(alerts.map(({ seq: _seq, ...alert }) => [alert.alertKey, alert]));

const sortedKeys = (versions: readonly StoredVersion[]): readonly string[] => versions.map(versionKey).toSorted();
