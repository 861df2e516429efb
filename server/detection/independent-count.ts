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

/** `bands` in whole percent and `floors` in points, lowest first: warning, elevated, critical. */
export function countAlerts(ndjson: readonly string[], options: Options): CountedAlert[] {
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

  function shutSeverity(now: number): CountedAlert['severity'] {
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

  const counted: CountedAlert[] = [];
  for (const positions of series.values()) {
    for (const [order, now] of positions.entries()) {
      const previous = positions[order - 1];
      if (previous === undefined) continue;
      const [old, line] = [lines[previous] as Line, lines[now] as Line];
      if (hasBegun(now)) continue;
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
    }
    for (const name of new Set(positions.flatMap((i) => (lines[i] as Line).outcomes.map((outcome) => outcome.name)))) {
      for (const told of countMoves(pricesOf(positions, name), options)) {
        const line = lines[told.at] as Line;
        if (!market(told.at).matched) continue;
        const where = {
          event: line.event,
          bookmaker: line.bookmaker,
          market: line.market,
          line: line.line,
          t: time(told.at),
        };
        counted.push({ ...where, outcome: name, type: 'price_change', severity: told.severity });
      }
    }
  }
  return counted;

  /** The price of an outcome at each line of its series before kickoff; a break is where no earlier price counts any more. */
  function pricesOf(positions: readonly number[], name: string): Price[] {
    const prices: Price[] = [];
    let isBroken = true;
    for (const [order, now] of positions.entries()) {
      const line = lines[now] as Line;
      const previous = positions[order - 1];
      const isAbsentTwice =
        previous !== undefined && pollsAfter(previous, now).filter((at) => at < time(now)).length >= 2;
      const outcome = line.outcomes.find((candidate) => candidate.name === name);
      if (isShut(line) || outcome === undefined || outcome.suspended === true) {
        isBroken = true;
        continue;
      }
      if (hasBegun(now)) continue;
      const chance = chances(line)[line.outcomes.indexOf(outcome)] ?? 0;
      prices.push({
        at: now,
        t: time(now),
        price: thousandths(outcome.odds),
        chance,
        isFirst: isBroken || isAbsentTwice,
      });
      isBroken = false;
    }
    return prices;
  }
}

type Price = {
  readonly at: number;
  readonly t: number;
  readonly price: bigint;
  readonly chance: number;
  readonly isFirst: boolean;
};
type Told = { readonly at: number; readonly severity: CountedAlert['severity'] };
type Options = {
  readonly ownBookmaker: string;
  readonly bands: readonly [number, number, number];
  readonly floors: readonly [number, number, number];
};

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

/**
 * The episode rule on one outcome's prices, told as a story: look back an hour for the extreme, open, follow until
 * half is taken back or half an hour brings nothing further, and keep the closed one in mind for an hour.
 */
function countMoves(prices: readonly Price[], { bands, floors }: Options): Told[] {
  const told: Told[] = [];
  type Chain = {
    open: boolean;
    up: boolean;
    from: Price;
    peak: bigint;
    rank: number;
    worst: number;
    furtherAt: number;
    closedAt: number;
  };
  let chain: Chain | undefined;
  let anchor = Number.NEGATIVE_INFINITY;
  const ranked = (from: Price, to: Price): number => {
    const moved = (to.price > from.price ? to.price - from.price : from.price - to.price) * 100n;
    const points = Math.round(Math.abs(to.chance - from.chance) * 10_000) / 100;
    return [0, 1, 2].filter(
      (rank) => moved >= BigInt(bands[rank] as number) * from.price && points >= (floors[rank] as number),
    ).length;
  };
  const tell = (now: Price, rank: number): void =>
    void told.push({ at: now.at, severity: (['warning', 'elevated', 'critical'] as const)[rank - 1] ?? 'warning' });

  for (const [index, now] of prices.entries()) {
    const before = prices[index - 1];
    if (now.isFirst) anchor = Math.max(anchor, now.t);
    if (before === undefined || now.isFirst || before.price === now.price) continue;
    if (chain?.open === true && now.t - chain.furtherAt >= HOUR_MS / 2) {
      chain.open = false;
      chain.closedAt = chain.furtherAt + HOUR_MS / 2;
      anchor = Math.max(anchor, chain.closedAt);
    }
    let beyond: Price | undefined;
    if (chain?.open === true) {
      const further = chain.up ? now.price > chain.peak : now.price < chain.peak;
      if (further) {
        chain.peak = now.price;
        chain.furtherAt = now.t;
        const rank = ranked(chain.from, now);
        if (rank > chain.rank) {
          chain.rank = rank;
          if (rank > chain.worst) {
            chain.worst = rank;
            tell(now, rank);
          }
        }
        continue;
      }
      const back = chain.up ? chain.peak - now.price : now.price - chain.peak;
      const whole = chain.up ? chain.peak - chain.from.price : chain.from.price - chain.peak;
      if (back * 2n < whole) continue;
      chain.open = false;
      chain.closedAt = now.t;
      anchor = now.t;
      if (chain.up ? now.price < chain.from.price : now.price > chain.from.price) beyond = chain.from;
    }
    // A price counts until the line that replaced it.
    const standing = prices
      .slice(0, index)
      .filter((_price, at) => (prices[at + 1] as Price).t > Math.max(anchor, now.t - HOUR_MS));
    const highest = standing.findLast((price) => standing.every((other) => other.price <= price.price));
    const lowest = standing.findLast((price) => standing.every((other) => other.price >= price.price));
    const bases =
      beyond !== undefined ? [beyond] : [...new Set([highest, lowest])].filter((base) => base !== undefined);
    const relative = (base: Price): number => Math.abs(Number(now.price - base.price)) / Number(base.price);
    for (const base of bases.toSorted((one, other) => relative(other) - relative(one))) {
      const up = now.price > base.price;
      if (beyond === undefined && base !== (up ? lowest : highest)) continue;
      let rank = ranked(base, now);
      if (rank === 0) continue;
      if (chain === undefined || now.t - chain.closedAt > HOUR_MS) {
        chain = { open: true, up, from: base, peak: now.price, rank, worst: rank, furtherAt: now.t, closedAt: 0 };
        tell(now, rank);
        break;
      }
      const goesOn = chain.up === up && (up ? now.price > chain.peak : now.price < chain.peak);
      const whole = goesOn ? ranked(chain.from, now) : 0;
      const from = goesOn && whole >= rank ? chain.from : base;
      rank = Math.max(rank, whole);
      chain = {
        open: true,
        up,
        from,
        peak: now.price,
        rank,
        worst: Math.max(chain.worst, rank),
        furtherAt: now.t,
        closedAt: 0,
      };
      tell(now, rank);
      break;
    }
  }
  return told;
}

function pick(line: Line, what: 'series' | 'visit' | 'market'): readonly unknown[] {
  if (what === 'visit') return [line.event, line.bookmaker];
  return what === 'market' ? [line.event, line.market] : [line.event, line.bookmaker, line.market, line.line];
}
