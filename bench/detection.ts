import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ALERT_TYPES, SEVERITIES } from '../contracts/alert-words.ts';
import { createFollower, errorPages, readCandidates } from './candidates.ts';
import { changedOfManyLines } from './detection-lines.ts';
import { type Replay, type ReplayedAlert, benchSettings, pollsOf, replay } from './detection-replay.ts';
import { runInjected } from './injected.ts';
import { type PlainAlert, createPlainRule } from './plain-rule.ts';
import { type Comparison, addUp, compareRules, comparisonLines, isPlainlyFound, priceMovesOf } from './same-moves.ts';

/** Replays of a recording from the second on until its cost is measured. */
const WARM_PASSES = 2;
const COOL_DOWN_MS = 60 * 60_000;
const USAGE = 'npm run bench:detection -- FILE… [--own draftkings] [--candidates candidate_episodes.ndjson.gz]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { own: { type: 'string', default: 'draftkings' }, candidates: { type: 'string' } },
});

const print = (text = ''): void => void process.stdout.write(`${text}\n`);
const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${((part / whole) * 100).toFixed(1)} %`);

/** Alerts that follow another one of the same price and direction within the cool-down. */
function duplicates(moves: readonly { readonly move: string; readonly atMs: number }[]): number {
  const last = new Map<string, number>();
  let count = 0;
  for (const { move, atMs } of moves.toSorted((one, other) => one.atMs - other.atMs)) {
    const before = last.get(move);
    if (before !== undefined && atMs - before <= COOL_DOWN_MS) count += 1;
    last.set(move, atMs);
  }
  return count;
}

const moveOf = ({ event, finding }: ReplayedAlert): string =>
  [event, finding.bookmaker, finding.market, finding.line, finding.outcome, (finding.changeBasisPoints ?? 0) > 0].join(
    '|',
  );

function printAlerts(run: Replay): void {
  print('alerts per event-day       warning  elevated  critical     all');
  for (const type of ALERT_TYPES) {
    const ofType = [...run.alerts.values()].filter(({ finding }) => finding.type === type);
    const counts = SEVERITIES.map((severity) => ofType.filter((alert) => alert.worst === severity).length);
    const rates = [...counts, ofType.length].map((count) =>
      (run.eventDays === 0 ? 0 : count / run.eventDays).toFixed(2).padStart(8),
    );
    print(`  ${type.padEnd(24)} ${rates.join('  ')}   (${ofType.length})`);
  }
}

function printComparison(run: Replay, plain: readonly PlainAlert[], comparison: Comparison): void {
  const moves = priceMovesOf(run);
  const ours = duplicates(moves.map((alert) => ({ move: moveOf(alert), atMs: alert.firstMs })));
  const theirs = duplicates(
    plain.map(({ event, bookmaker, market, line, outcome, direction, atMs }) => ({
      move: [event, bookmaker, market, line, outcome, direction].join('|'),
      atMs,
    })),
  );
  for (const line of comparisonLines(comparison)) print(line);
  print(
    `told again within an hour: episodes ${ours} (${(ours / Math.max(moves.length, 1)).toFixed(3)} a move), plain rule ${theirs} (${(theirs / Math.max(plain.length, 1)).toFixed(3)})`,
  );
}

function printFound(follower: ReturnType<typeof createFollower>, plain: readonly PlainAlert[]): void {
  for (const [duty, group] of Map.groupBy(follower.followed, (each) => each.duty)) {
    const found = group.filter((each) => each.delayMs !== null);
    const atOnce = found.filter((each) => each.delayMs === 0);
    const plainly = group.filter(({ candidate }) => isPlainlyFound(candidate, plain));
    print(
      `consensus moves ${duty}: ${group.length}, found ${share(found.length, group.length)}, at the first poll ${share(atOnce.length, group.length)}; plain rule ${share(plainly.length, group.length)}`,
    );
    const others = found.filter(({ foundAs }) => foundAs === 'as another');
    if (others.length > 0)
      print(`  of them told by the alert of another outcome, book or line that is one move with it: ${others.length}`);
    const late = found.map((each) => (each.delayMs ?? 0) / 1_000).filter((seconds) => seconds > 0);
    if (late.length > 0) print(`  later by (s): ${late.toSorted((one, other) => one - other).join(', ')}`);
    if (duty !== 'due') continue;
    for (const { candidate } of group.filter((each) => each.delayMs !== 0))
      print(`  not at once: ${JSON.stringify(candidate)}`);
  }
}

const meanOf = (spent: readonly number[]): number =>
  spent.reduce((sum, each) => sum + each, 0) / Math.max(spent.length, 1);

/** Median, mean, and the mean without the turns of other programs on the core, in microseconds. */
function costText(spent: readonly number[], coreShare: number): string {
  const sorted = spent.toSorted((one, other) => one - other);
  const mean = meanOf(spent);
  const at = (part: number): string => micro(sorted[Math.floor(sorted.length * part)] ?? 0);
  return `median ${at(0.5)}, mean ${micro(mean)} (${micro(mean * coreShare)} on a core of its own), 99 % below ${at(0.99)}; ${spent.length}`;
}

const micro = (ms: number): string => `${(ms * 1_000).toFixed(1)} µs`;

/** A desk runs for days: what counts is compiled code, and what a start costs stands beside it. */
async function printCost(first: Replay['cost'], repeat: () => Promise<Replay>): Promise<void> {
  for (let pass = 1; pass < WARM_PASSES; pass += 1) await repeat();
  const { changed, unchanged, reference, coreShare } = (await repeat()).cost;
  print(`detection of an unchanged snapshot: ${costText(unchanged, coreShare)}`);
  print(`detection of a changed snapshot:    ${costText(changed, coreShare)}`);
  print(`reference, parsing its JSON:        ${costText(reference, coreShare)}`);
  print(`  this program had ${share(coreShare, 1)} of a core meanwhile`);
  print(
    `  while the code was being compiled: unchanged ${costText(first.unchanged, first.coreShare)}\n  ${' '.repeat(35)}changed ${costText(first.changed, first.coreShare)}`,
  );
}

async function measure(file: string): Promise<Comparison> {
  const settings = benchSettings(values.own);
  const beside = values.candidates ?? path.join(path.dirname(file), 'candidate_episodes.ndjson.gz');
  const candidates = existsSync(beside) ? await readCandidates(beside) : [];
  const follower = createFollower(candidates, settings);
  const plain = createPlainRule();
  const run = await replay(pollsOf(file), settings, (poll) => {
    for (const observation of poll.observations) plain.hear(observation);
    follower.seen(poll);
  });
  print(
    `\n${path.basename(file)}: ${run.snapshots} snapshots, ${run.events.size} events, ${run.eventDays.toFixed(1)} event-days, own book ${values.own}`,
  );
  printAlerts(run);
  const comparison = compareRules(run, plain.alerts, follower.followed, settings);
  printComparison(run, plain.alerts, comparison);
  printFound(follower, plain.alerts);
  const { errors, pages } = errorPages(candidates, run);
  print(`one-poll feed errors: ${errors}, alerts they caused: ${pages.length}`);
  for (const page of pages) print(`  ${page}`);
  print(`quarantined: ${[...run.quarantined].map(([reason, count]) => `${reason} ${count}`).join(', ') || 'none'}`);
  await printCost(run.cost, () => replay(pollsOf(file), settings));
  return comparison;
}

runInjected(print);
const comparisons: Comparison[] = [];
for (const file of positionals) comparisons.push(await measure(file));
if (comparisons.length > 1) {
  print(`\nall ${comparisons.length} recordings together`);
  for (const line of comparisonLines(addUp(comparisons))) print(line);
}
if (positionals.length === 0) print(`no recording named: ${USAGE}`);
print('\na changed snapshot of a match with so many lines of each book, mean on a core of its own');
for (const lines of [10, 100, 1_000, 3_000])
  print(`  ${String(lines).padStart(5)} lines: ${changedOfManyLines(lines).toFixed(1)} µs`);
