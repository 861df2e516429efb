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
  readonly severity: 'warning' | 'elevated' | 'critical';
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** One alert as one comparable string. */
export const countedText = (alert: CountedAlert): string =>
  [alert.event, alert.bookmaker, alert.market, alert.line, alert.outcome, alert.t, alert.type, alert.severity].join(
    ' ',
  );

/** Thousandths of a decimal number written with at most three decimals, by its digits. */
function thousandths(value: number): bigint {
  const [whole = '0', decimals = ''] = String(value).split('.');
  return BigInt(whole + decimals.padEnd(3, '0').slice(0, 3));
}

const isShut = (line: Line): boolean => line.suspended || !line.outcomes.some((outcome) => outcome.suspended !== true);

/** `bands` in whole percent, lowest first: warning, elevated, critical. */
export function countAlerts(
  ndjson: readonly string[],
  options: { readonly ownBookmaker: string; readonly bands: readonly [number, number, number] },
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
  const kickoffs = new Map<string, number>();
  for (const line of lines) {
    const key = `${line.event} ${line.t}`;
    if (!kickoffs.has(key)) kickoffs.set(key, Date.parse(line.kickoff));
  }

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

  function priceSeverity(before: number, after: number): CountedAlert['severity'] | null {
    const [from, to] = [thousandths(before), thousandths(after)];
    const moved = (to > from ? to - from : from - to) * 100n;
    const [warning, elevated, critical] = options.bands.map((percent) => moved >= BigInt(percent) * from);
    return critical ? 'critical' : elevated ? 'elevated' : warning ? 'warning' : null;
  }

  function shutSeverity(now: number): CountedAlert['severity'] {
    const { bookmaker, event, t } = lines[now] as Line;
    const { open, rivals, shutRivals } = market(now);
    if (open.has(bookmaker)) return 'warning';
    if (bookmaker === options.ownBookmaker) {
      const near = (kickoffs.get(`${event} ${t}`) ?? 0) - time(now) <= HOUR_MS;
      return near && shutRivals.length === 0 ? 'critical' : 'warning';
    }
    if (shutRivals.length < 2 || shutRivals.length <= rivals.length / 2) return 'warning';
    return open.has(options.ownBookmaker) ? 'critical' : 'elevated';
  }

  const counted: CountedAlert[] = [];
  for (const positions of series.values()) {
    for (const [order, now] of positions.entries()) {
      const previous = positions[order - 1];
      if (previous === undefined) continue;
      const [old, line] = [lines[previous] as Line, lines[now] as Line];
      if (time(now) >= (kickoffs.get(`${line.event} ${line.t}`) ?? 0)) continue;
      if (isShut(old) || pollsAfter(previous, now).filter((at) => at < time(now)).length >= 2) continue;
      const where = {
        event: line.event,
        bookmaker: line.bookmaker,
        market: line.market,
        line: line.line,
        t: time(now),
      };
      if (isShut(line)) {
        if (market(now).matched)
          counted.push({ ...where, outcome: null, type: 'availability', severity: shutSeverity(now) });
        continue;
      }
      for (const outcome of line.outcomes) {
        const before = old.outcomes.find((candidate) => candidate.name === outcome.name);
        if (before === undefined || before.suspended === true || outcome.suspended === true) continue;
        const severity = priceSeverity(before.odds, outcome.odds);
        if (severity === null || !market(now).matched) continue;
        counted.push({ ...where, outcome: outcome.name, type: 'price_change', severity });
      }
    }
  }
  return counted;
}

function pick(line: Line, what: 'series' | 'visit' | 'market'): readonly unknown[] {
  if (what === 'visit') return [line.event, line.bookmaker];
  return what === 'market' ? [line.event, line.market] : [line.event, line.bookmaker, line.market, line.line];
}
