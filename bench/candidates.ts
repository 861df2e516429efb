import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { marketSchema } from '../contracts/market-schema.ts';
import type { Settings } from '../contracts/settings.ts';
import { type EventState, quoteKey } from '../server/detection/detection.ts';
import { type Priced, fairOf, fairOfRow } from '../server/detection/fair-prices.ts';
import type { Observation } from '../server/detection/observation.ts';
import { type MovesMemory, movesMemoryKey, movesOf } from '../server/detection/moves-memory.ts';
import { type Opinion, isSameOpinion } from '../server/detection/opinion.ts';
import { isMatchedMarket } from '../server/detection/market-view.ts';
import type { PollSeen, Replay } from './detection-replay.ts';

const MINUTE_MS = 60_000;
const MOVES_PREFIX = movesMemoryKey('');
/** A move that shows nothing for so long has been missed. */
const FOLLOWED_MS = 120 * MINUTE_MS;

const candidateSchema = z.object({
  t: z.string(),
  kind: z.string(),
  event: z.string(),
  market: marketSchema,
  bookmaker: z.string().nullable(),
  line: z.number().nullable().optional(),
  outcome: z.string().optional(),
  direction: z.enum(['up', 'down']).optional(),
  moves: z.record(z.string(), z.number()).optional(),
  back_at: z.string().optional(),
});
export type Candidate = z.infer<typeof candidateSchema>;

const ERROR_KINDS: ReadonlySet<string> = new Set(['spike_revert', 'outlier', 'missing_outcome', 'placeholder']);

/** The candidates of a file (NDJSON, compressed or not). */
export async function readCandidates(file: string): Promise<Candidate[]> {
  const bytes = await readFile(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => candidateSchema.parse(JSON.parse(line)));
}

export type Followed = {
  readonly candidate: Candidate;
  /** Why it need not be found, or that it must. */
  readonly duty:
    | 'due'
    | 'below the band or floor'
    | 'after a gap'
    | 'after kickoff'
    | 'across a suspension'
    | 'not offered by us'
    | 'back to where a told move began';
  /** From the poll that shows it to the alert; null while not found. */
  delayMs: number | null;
  /** By an alert of that very outcome, or by the alert of another that is one move with it. */
  foundAs: 'itself' | 'as another' | null;
};

type Poll = Parameters<PollSeen>[0];
type Row = Priced & { readonly atMs: number; readonly isShut: boolean };

/** Follows the consensus moves through a replay: which must be found, and when the detector had them. */
export function createFollower(candidates: readonly Candidate[], settings: Settings) {
  const due = Map.groupBy(
    candidates.filter((candidate) => candidate.kind === 'consensus_move'),
    (candidate) => `${candidate.event}|${Date.parse(candidate.t)}`,
  );
  const rows = new Map<string, Row>();
  const followed: Followed[] = [];
  let open: Followed[] = [];
  return {
    followed,
    seen(poll: Poll): void {
      const { atMs, observations, stateOf } = poll;
      for (const event of new Set(observations.map((observation) => observation.event.sourceKey))) {
        for (const candidate of due.get(`${event}|${atMs}`) ?? []) {
          const each: Followed = {
            candidate,
            duty: dutyOf(candidate, poll, rows, settings),
            delayMs: null,
            foundAs: null,
          };
          followed.push(each);
          open.push(each);
        }
      }
      open = open.filter((each) => {
        const sinceMs = Date.parse(each.candidate.t);
        const state = stateOf(each.candidate.event);
        each.foundAs = state === undefined ? null : isTold(state, each.candidate, settings);
        if (each.foundAs !== null) each.delayMs = atMs - sinceMs;
        return each.delayMs === null && atMs - sinceMs < FOLLOWED_MS;
      });
      for (const observation of observations) {
        const key = `${observation.event.sourceKey}|${quoteKey(observation)}`;
        if (!observation.suspended) rows.set(key, { atMs, ...priced(observation), isShut: false });
        else if (rows.has(key)) rows.set(key, { ...(rows.get(key) as Row), isShut: true });
      }
    },
  };
}

const priced = ({ market, outcomes }: Observation): Priced => ({ outcomes, fair: fairOfRow(market, outcomes) });

/** A move must be found when the median of its books reached both the warning band and the floor in points. */
function dutyOf(
  candidate: Candidate,
  { observations, stateOf }: Poll,
  rows: ReadonlyMap<string, Row>,
  settings: Settings,
): Followed['duty'] {
  const judged: boolean[] = [];
  let isAfterGap = true;
  let returned = 0;
  for (const bookmaker of Object.keys(candidate.moves ?? {})) {
    const observation = observations.find(
      (each) =>
        each.event.sourceKey === candidate.event &&
        each.bookmaker === bookmaker &&
        each.market === candidate.market &&
        each.line === (candidate.line ?? null),
    );
    if (observation === undefined) continue;
    if (observation.observedAtMs >= observation.event.kickoffMs) return 'after kickoff';
    const before = rows.get(`${candidate.event}|${quoteKey(observation)}`);
    const name = candidate.outcome ?? '';
    const from = before?.outcomes.find((outcome) => outcome.name === name);
    const to = observation.outcomes.find((outcome) => outcome.name === name);
    if (before === undefined || from === undefined || to === undefined) continue;
    if (before.isShut) returned += 1;
    if (observation.observedAtMs - before.atMs <= settings.maxGapMinutes * MINUTE_MS) isAfterGap = false;
    const [old, now] = [fairOf(before, name), fairOf(priced(observation), name)];
    const points = old === null || now === null ? 0 : Math.abs(now - old) * 100;
    const percent = (Math.abs(to.milliOdds - from.milliOdds) * 100) / from.milliOdds;
    judged.push(percent >= settings.priceChangePercent.warning && points >= settings.priceChangePoints.warning);
  }
  // What a market shows when it returns is told with its return.
  if (returned > 0 && returned * 2 >= judged.length) return 'across a suspension';
  if (judged.filter(Boolean).length * 2 < judged.length || judged.length === 0) return 'below the band or floor';
  const state = stateOf(candidate.event);
  const isMatched =
    state !== undefined && isMatchedMarket(state, candidate.market, settings.ownBookmaker, Date.parse(candidate.t));
  if (!isMatched) return 'not offered by us';
  if (state !== undefined && isTakenBack(state, candidate)) return 'back to where a told move began';
  return isAfterGap ? 'after a gap' : 'due';
}

export const candidateOpinion = ({ market, line, outcome, direction }: Candidate): Opinion => ({
  market,
  line: line ?? null,
  outcome: outcome ?? '',
  direction: direction === 'up' ? 'drifting' : 'shortening',
});

/**
 * Whether an alert of this very move stands in the detector's state: of one of its books and its outcome, or, where it
 * is told once with others of one opinion, the alert that stands for it.
 */
function isTold(state: EventState, candidate: Candidate, settings: Settings): 'itself' | 'as another' | null {
  const opinion = candidateOpinion(candidate);
  let told: 'as another' | null = null;
  for (const [key, memory] of state.memory) {
    if (!key.startsWith(MOVES_PREFIX)) continue;
    const [bookmaker = '', market, lineText = ''] = key.slice(MOVES_PREFIX.length).split('|');
    const line = lineText === '' ? null : Number(lineText);
    const open = Object.entries((memory as MovesMemory).episodes).filter(([, { isOpen }]) => isOpen);
    const isOfMarket = market === opinion.market && line === opinion.line;
    const very = open.find(
      ([outcome, { direction }]) => outcome === opinion.outcome && direction === opinion.direction,
    );
    const isVery = isOfMarket && very !== undefined && bookmaker in (candidate.moves ?? {});
    for (const [outcome, { isFolded, direction }] of open) {
      if (isFolded) continue;
      if (isVery && outcome === opinion.outcome) return 'itself';
      const other = { market: market as Candidate['market'], line, outcome, direction };
      // The alert of a market tells of all its outcomes that moved with it.
      if (isVery || isSameOpinion(other, opinion, settings)) told = 'as another';
    }
  }
  return told;
}

/** Whether the books of a move have only taken back one that an alert had told. */
function isTakenBack(state: EventState, candidate: Candidate): boolean {
  const atMs = Date.parse(candidate.t);
  return Object.keys(candidate.moves ?? {}).some((bookmaker) => {
    const { episodes } = movesOf(state.memory, `${bookmaker}|${candidate.market}|${candidate.line ?? ''}`);
    return episodes[candidate.outcome ?? '']?.closedAtMs === atMs;
  });
}

/** Alerts that one-poll errors of a feed caused: news of that very book and market from the error until it was back. */
export function errorPages(
  candidates: readonly Candidate[],
  replay: Replay,
): { readonly errors: number; readonly pages: readonly string[] } {
  const errors = candidates.filter(({ kind, event }) => ERROR_KINDS.has(kind) && replay.events.has(event));
  const pages = new Set<string>();
  for (const error of errors) {
    const fromMs = Date.parse(error.t);
    const untilMs = error.back_at === undefined ? fromMs : Date.parse(error.back_at);
    for (const [key, alert] of replay.alerts) {
      const { finding } = alert;
      if (alert.event !== error.event || finding.market !== error.market || finding.bookmaker !== error.bookmaker)
        continue;
      if (finding.type === 'availability' || finding.type === 'feed_silent') continue;
      if (alert.newsMs.some((atMs) => atMs === fromMs || atMs === untilMs))
        pages.add(`${error.kind} ${error.t} ${key}`);
    }
  }
  return { errors: errors.length, pages: [...pages] };
}
