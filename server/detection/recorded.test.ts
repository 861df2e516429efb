import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../contracts/settings.ts';
import { snapshotSchema } from '../../contracts/snapshot.ts';
import { generatedRecording } from '../ingest/generated-recording.ts';
import { detect } from './detect.ts';
import { type EventState, emptyEventState } from './detection.ts';
import { type CountedAlert, countAlerts, countedText } from './independent-count.ts';
import { toObservation } from './observation.ts';

const SAMPLE = fileURLToPath(new URL('../../../shared/odds/sample_small.ndjson.gz', import.meta.url));
const GENERATED_OWN_BOOK = 'harbourline';
const BANDS = DEFAULT_SETTINGS.priceChangePercent;

const FLOORS = DEFAULT_SETTINGS.priceChangePoints;

/** The episode rule by itself: what lies around it (holding, folding, caps, weights, margins) has its own tests. */
const BARE: Partial<Settings> = {
  spikeHoldPoints: { own: 100, competitor: 100 },
  foldFollowers: false,
  foldOutcomes: false,
  foldMarkets: [],
  foldOffers: false,
  inLinePoints: 0,
  maxAlertsPerEventMinute: 10_000,
  marginChangePoints: 100,
  marketWeights: {},
  lateWeight: { withinMinutes: 1, weight: 1 },
  maxGapMinutes: 1_440,
  minTicks: 0,
};

const generated = () => ({
  lines: generatedRecording({ ownBookmaker: GENERATED_OWN_BOOK }),
  ownBookmaker: GENERATED_OWN_BOOK,
});
const recorded = () => ({
  lines: gunzipSync(readFileSync(SAMPLE)).toString().trim().split('\n'),
  ownBookmaker: 'draftkings',
});

function detectAll(lines: readonly string[], ownBookmaker: string): CountedAlert[] {
  const settings: Settings = { ...DEFAULT_SETTINGS, ...BARE, ownBookmaker };
  const states = new Map<string, EventState>();
  const found: CountedAlert[] = [];
  for (const line of lines) {
    const observation = toObservation(snapshotSchema.parse(JSON.parse(line)));
    const event = observation.event.sourceKey;
    const before = states.get(event) ?? emptyEventState(observation.event.kickoffMs);
    const detection = detect(before, observation, settings, { eventId: 1 });
    states.set(event, detection.state);
    for (const { type, availability, bookmaker, market, line: at, outcome, severity } of detection.findings) {
      if (type !== 'price_change' && (type !== 'availability' || availability !== 'suspended')) continue;
      const counted = type === 'price_change' ? type : 'availability';
      found.push({ event, bookmaker, market, line: at, outcome, t: observation.observedAtMs, type: counted, severity });
    }
  }
  return found;
}

const hasSample = existsSync(SAMPLE);
const sampleName = hasSample ? 'the recorded sample' : 'a GENERATED recording (the recorded sample is not here)';

test.each([
  [sampleName, hasSample ? recorded : generated],
  ['a generated recording', generated],
])('[DET17] the alerts of %s are those of an independent count', (_name, recording) => {
  const { lines, ownBookmaker } = recording();
  const found = detectAll(lines, ownBookmaker).map(countedText).toSorted();
  const counted = countAlerts(lines, {
    ownBookmaker,
    bands: [BANDS.warning, BANDS.elevated, BANDS.critical],
    floors: [FLOORS.warning, FLOORS.elevated, FLOORS.critical],
  });
  expect(found).toEqual(counted.map(countedText).toSorted());
  expect(found.length).toBeGreaterThan(20);
});
