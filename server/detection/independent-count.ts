import { type CountedPrice, type CountedSeverity, type MoveThresholds, countMoves } from './independent-moves.ts';

/**
 * A second opinion for tests: the alerts that the rules demand of a recording, worked out from the whole file at
 * once, per price series, with exact decimals, sharing nothing with the detector but the rules. Covers
 * `price_change` and markets shut by flag. Expects lines sorted by `t`, snapshots of one sweep with the same `t`.
 */

type Line = {
  readonly t: string;
  readonly event: string;
  readonly kickoff: string;
  readonly bookmaker: string;
  readonly market: string;
  readonly line: number | null;
  readonly outcomes: readonly { readonly name: string; readonly odds: number; readonly suspended?: boolean }[];
  readonly suspended: boolean;
};

export type CountedAlert = {
  readonly event: string;
  readonly bookmaker: string;
  readonly market: string;
  readonly line: number | null;
  readonly outcome: string | null;
  readonly t: number;
  readonly type: 'price_change' | 'availability';
  readonly severity: CountedSeverity;
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** One alert as one comparable string. */
export const countedText = (alert: CountedAlert): string =>
  [alert.event, alert.bookmaker, alert.market, alert.line, alert.outcome, alert.t, alert.type, alert.severity].join(
    ' ',
  );

const isShut = (line: Line): boolean => line.suspended || !line.outcomes.some((outcome) => outcome.suspended !== true);

/** Every alert that the rules demand of these lines, in no particular order. */
export function countAlerts(
  ndjson: readonly string[],
  options: MoveThresholds & { readonly ownBookmaker: string },
): CountedAlert[] {
  const lines = ndjson.map((text) => JSON.parse(text) as Line);
  const times = lines.map((line) => Date.parse(line.t));
  const time = (index: number): number => times[index] as number;

  /** Positions of the lines of every series, and of every book at an event. */
  const series = Map.groupBy(lines.keys(), (i) => JSON.stringify(pick(lines[i] as Line, 'series')));
  const visits = Map.groupBy(lines.keys(), (i) => JSON.stringify(pick(lines[i] as Line, 'visit')));
  const seriesOfMarket = Map.groupBy(series.values(), ([first]) =>
    JSON.stringify(pick(lines[first as number] as Line, 'market')),
  );
  /** The kickoff in force at each line: what the own book said last, and before its first word what was said first. */
  const kickoffs: number[] = [];
  const inForce = new Map<string, number>();
  for (const { event, bookmaker, kickoff } of lines) {
    if (bookmaker === options.ownBookmaker || !inForce.has(event)) inForce.set(event, Date.parse(kickoff));
    kickoffs.push(inForce.get(event) ?? 0);
  }
  const hasBegun = (index: number): boolean => time(index) >= (kickoffs[index] ?? 0);

  /** Times at which a book was polled at an event after `from`, at positions up to `until`. */
  function pollsAfter(from: number, until: number): number[] {
    const polled = visits.get(JSON.stringify(pick(lines[from] as Line, 'visit'))) ?? [];
    return [...new Set(polled.filter((i) => i > from && i <= until && time(i) > time(from)).map(time))];
  }

  /** How a series stands once the line at `now` is in: open, or shut since when. */
  function standing(
    positions: readonly number[],
    now: number,
  ): { readonly open: boolean; readonly sinceMs: number } | null {
    const past = positions.filter((i) => i <= now);
    const last = past.at(-1);
    if (last === undefined) return null;
    if (isShut(lines[last] as Line)) {
      const open = past.findLastIndex((i) => !isShut(lines[i] as Line));
      return { open: false, sinceMs: time(past[open + 1] as number) };
    }
    const [, , third] = pollsAfter(last, now);
    return third === undefined ? { open: true, sinceMs: time(last) } : { open: false, sinceMs: third };
  }

  function market(now: number) {
    const all = seriesOfMarket.get(JSON.stringify(pick(lines[now] as Line, 'market'))) ?? [];
    const books = Map.groupBy(all, ([first]) => (lines[first as number] as Line).bookmaker);
    const open = new Set<string>();
    const offering = new Set<string>();
    for (const [book, each] of books) {
      for (const positions of each) {
        const stands = standing(positions, now);
        if (stands === null) continue;
        if (stands.open) open.add(book);
        if (stands.open || time(now) - stands.sinceMs <= DAY_MS) offering.add(book);
      }
    }
    const rivals = [...offering].filter((book) => book !== options.ownBookmaker);
    const shutRivals = rivals.filter((book) => !open.has(book));
    return { open, matched: offering.has(options.ownBookmaker) && rivals.length > 0, rivals, shutRivals };
  }

  function shutSeverity(now: number): CountedSeverity {
    const { bookmaker } = lines[now] as Line;
    const { open, rivals, shutRivals } = market(now);
    if (open.has(bookmaker)) return 'warning';
    if (bookmaker === options.ownBookmaker) {
      const near = (kickoffs[now] ?? 0) - time(now) <= HOUR_MS;
      return near && shutRivals.length === 0 ? 'critical' : 'warning';
    }
    if (shutRivals.length < 2 || shutRivals.length <= rivals.length / 2) return 'warning';
    return open.has(options.ownBookmaker) ? 'critical' : 'elevated';
  }

  /** Whether a book was polled twice between two lines of a series without offering it. */
  const isAbsentTwice = (previous: number, now: number): boolean =>
    pollsAfter(previous, now).filter((at) => at < time(now)).length >= 2;

  function whereIs(now: number): Pick<CountedAlert, 'event' | 'bookmaker' | 'market' | 'line' | 't'> {
    const { event, bookmaker, market: name, line } = lines[now] as Line;
    return { event, bookmaker, market: name, line, t: time(now) };
  }

  /** The price of an outcome at each line of its series before kickoff; a break is where no earlier price counts any more. */
  function pricesOf(positions: readonly number[], name: string): CountedPrice[] {
    const prices: CountedPrice[] = [];
    let isBroken = true;
    for (const [order, now] of positions.entries()) {
      const line = lines[now] as Line;
      const previous = positions[order - 1];
      const outcome = line.outcomes.find((candidate) => candidate.name === name);
      if (isShut(line) || outcome === undefined || outcome.suspended === true) {
        isBroken = true;
        continue;
      }
      if (hasBegun(now)) continue;
      prices.push({
        at: now,
        t: time(now),
        price: thousandths(outcome.odds),
        chance: chances(line)[line.outcomes.indexOf(outcome)] ?? 0,
        isFirst: isBroken || (previous !== undefined && isAbsentTwice(previous, now)),
      });
      isBroken = false;
    }
    return prices;
  }

  function shutAlerts(positions: readonly number[]): CountedAlert[] {
    return positions
      .filter((now, order) => {
        const previous = positions[order - 1];
        if (previous === undefined || hasBegun(now) || !isShut(lines[now] as Line)) return false;
        return !isShut(lines[previous] as Line) && !isAbsentTwice(previous, now) && market(now).matched;
      })
      .map((now) => ({ ...whereIs(now), outcome: null, type: 'availability', severity: shutSeverity(now) }));
  }

  function moveAlerts(positions: readonly number[]): CountedAlert[] {
    const names = new Set(positions.flatMap((i) => (lines[i] as Line).outcomes.map((outcome) => outcome.name)));
    return [...names].flatMap((outcome) =>
      countMoves(pricesOf(positions, outcome), options)
        .filter(({ at }) => market(at).matched)
        .map(({ at, severity }) => ({ ...whereIs(at), outcome, type: 'price_change', severity })),
    );
  }

  return [...series.values()].flatMap((positions) => [...shutAlerts(positions), ...moveAlerts(positions)]);
}

/** Thousandths of a decimal number written with at most three decimals, by its digits. */
function thousandths(value: number): bigint {
  const [whole = '0', decimals = ''] = String(value).split('.');
  return BigInt(whole + decimals.padEnd(3, '0').slice(0, 3));
}

/** Fair chances of a whole market by halving intervals: the power of the quoted ones that sums to one. */
function chances(line: Line): number[] {
  const quoted = line.outcomes.map((outcome) => 1 / outcome.odds);
  const total = quoted.reduce((sum, q) => sum + q, 0);
  // Two of three double chances come true.
  if (line.market === 'double_chance') return quoted.map((q) => Math.min((2 * q) / total, 1));
  if (quoted.length < 3 || total <= 1) return quoted.map((q) => q / total);
  let [low, high] = [1, 50];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (quoted.reduce((sum, q) => sum + q ** middle, 0) > 1) low = middle;
    else high = middle;
  }
  return quoted.map((q) => q ** low);
}

function pick(line: Line, what: 'series' | 'visit' | 'market'): readonly unknown[] {
  if (what === 'visit') return [line.event, line.bookmaker];
  return what === 'market' ? [line.event, line.market] : [line.event, line.bookmaker, line.market, line.line];
}
