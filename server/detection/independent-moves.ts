/** The rule of price moves for the independent count: exact, over a whole series at once, and not the detector's code. */

export type CountedSeverity = 'warning' | 'elevated' | 'critical';

/** One outcome's price at the line `at` of the recording: odds in thousandths, and the fair chance they give. */
export type CountedPrice = {
  readonly at: number;
  readonly t: number;
  readonly price: bigint;
  readonly chance: number;
  /** No earlier price counts any more. */
  readonly isFirst: boolean;
};

/** `bands` in whole percent and `floors` in points, lowest first: warning, elevated, critical. */
export type MoveThresholds = {
  readonly bands: readonly [number, number, number];
  readonly floors: readonly [number, number, number];
};

type Told = { readonly at: number; readonly severity: CountedSeverity };

type Chain = {
  open: boolean;
  up: boolean;
  from: CountedPrice;
  peak: bigint;
  rank: number;
  worst: number;
  furtherAt: number;
  closedAt: number;
};

const HOUR_MS = 3_600_000;

/**
 * The episode rule on one outcome's prices, told as a story: look back an hour for the extreme, open, follow until
 * half is taken back or half an hour brings nothing further, and keep the closed one in mind for an hour.
 */
export function countMoves(prices: readonly CountedPrice[], thresholds: MoveThresholds): Told[] {
  const told: Told[] = [];
  let chain: Chain | undefined;
  let anchor = Number.NEGATIVE_INFINITY;
  const ranked = (from: CountedPrice, to: CountedPrice): number => rankOf(from, to, thresholds);
  const tell = (now: CountedPrice, rank: number): void =>
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
    let beyond: CountedPrice | undefined;
    if (chain?.open === true) {
      const further = chain.up ? now.price > chain.peak : now.price < chain.peak;
      if (further) {
        chain.peak = now.price;
        chain.furtherAt = now.t;
        chain.rank = Math.max(chain.rank, ranked(chain.from, now));
        if (chain.rank > chain.worst) {
          chain.worst = chain.rank;
          tell(now, chain.rank);
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
    const bases = beyond === undefined ? extremesBefore(prices, index, Math.max(anchor, now.t - HOUR_MS)) : [beyond];
    const base = bases.find((candidate) => ranked(candidate, now) > 0);
    if (base === undefined) continue;
    const up = now.price > base.price;
    const remembered: Chain | undefined = chain !== undefined && now.t - chain.closedAt <= HOUR_MS ? chain : undefined;
    const goesOn = remembered?.up === up && (up ? now.price > remembered.peak : now.price < remembered.peak);
    const whole = goesOn ? ranked(remembered.from, now) : 0;
    const from = goesOn && whole >= ranked(base, now) ? remembered.from : base;
    const rank = Math.max(ranked(base, now), whole);
    const worst = Math.max(remembered?.worst ?? 0, rank);
    chain = { open: true, up, from, peak: now.price, rank, worst, furtherAt: now.t, closedAt: 0 };
    tell(now, rank);
  }
  return told;
}

/** How many thresholds a change of price has reached, both of its odds and of its chance. */
function rankOf(from: CountedPrice, to: CountedPrice, { bands, floors }: MoveThresholds): number {
  const moved = (to.price > from.price ? to.price - from.price : from.price - to.price) * 100n;
  const points = Math.round(Math.abs(to.chance - from.chance) * 10_000) / 100;
  return [0, 1, 2].filter(
    (rank) => moved >= BigInt(bands[rank] as number) * from.price && points >= (floors[rank] as number),
  ).length;
}

/**
 * What the price at `index` can have moved from: the lowest it has risen above and the highest it has fallen below,
 * of those that stood after `sinceMs`, the larger move first.
 */
function extremesBefore(prices: readonly CountedPrice[], index: number, sinceMs: number): readonly CountedPrice[] {
  const now = prices[index] as CountedPrice;
  // A price counts until the line that replaced it.
  const standing = prices.slice(0, index).filter((_price, at) => (prices[at + 1] as CountedPrice).t > sinceMs);
  const highest = standing.findLast((price) => standing.every((other) => other.price <= price.price));
  const lowest = standing.findLast((price) => standing.every((other) => other.price >= price.price));
  const relative = (base: CountedPrice): number => Math.abs(Number(now.price - base.price)) / Number(base.price);
  return [...new Set([highest, lowest])]
    .filter((base) => base !== undefined)
    .filter((base) => base === (now.price > base.price ? lowest : highest))
    .toSorted((one, other) => relative(other) - relative(one));
}
