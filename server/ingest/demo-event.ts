import type { Market } from '../../contracts/market.ts';
import type { QuotedOutcome } from '../detection/observation.ts';
import type { DemoBook } from './demo-fixtures.ts';
import { type Happening, happeningsOf } from './demo-happenings.ts';
import { type Belief, DEMO_MARKETS, bookOdds, mainLine, priceFairly } from './demo-pricing.ts';
import { type DemoRandom, createRandom } from './demo-random.ts';
import type { Fixture } from './demo-schedule.ts';

/** Pushed further than this, a market would show prices that nobody quotes. */
const MAX_PUSH = 0.6;
/** Share of matches whose kickoff is put off once, by up to this long. */
const DELAYED_SHARE = 0.05;
const MAX_DELAY_MS = 15 * 60_000;
const DELAY_STEP_MS = 5 * 60_000;
/** A delay is announced this long before the first kickoff. */
const DELAY_NOTICE_MS = 30 * 60_000;

export type DemoQuote = {
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly outcomes: readonly QuotedOutcome[];
  readonly suspended: boolean;
  readonly changedAtMs: number;
};

type MarketState = {
  readonly market: Market;
  tilt: number;
  push: number;
  line: number | null;
  shutUntilMs: number;
  quote: DemoQuote | null;
};

type BookView = { readonly profile: DemoBook; belief: Belief; readonly markets: readonly MarketState[] };

function firstBelief(fixture: Fixture, random: DemoRandom): Belief {
  if (fixture.sport === 'basketball') return { first: 2.5 + 6 * random.normal(), second: random.between(155, 225) };
  const strength = 0.32 * random.normal();
  return { first: Math.log(1.5) + strength, second: Math.log(1.15) - strength };
}

/**
 * One match and how every book sees it. `quotesAt` moves it forward to an instant, which must not be before the
 * last one asked for; what it tells depends on the fixture, its seed and that instant alone, plus what was added.
 */
export function createDemoEvent(fixture: Fixture, books: readonly DemoBook[]) {
  const random = createRandom(fixture.key);
  const belief = firstBelief(fixture, random);
  const spread = fixture.sport === 'soccer' ? 0.015 : 0.3;
  const isDelayed = random.chance(DELAYED_SHARE);
  const delayMs = isDelayed ? DELAY_STEP_MS * (1 + random.below(MAX_DELAY_MS / DELAY_STEP_MS)) : 0;
  const views: readonly BookView[] = books.map((profile) => ({
    profile,
    belief: { first: belief.first + spread * random.normal(), second: belief.second + spread * random.normal() },
    markets: DEMO_MARKETS[fixture.sport]
      .filter((market) => !profile.lacks.includes(market))
      .map((market) => ({ market, tilt: 0, push: 0, line: null, shutUntilMs: 0, quote: null })),
  }));
  let ahead: Happening[] = happeningsOf(fixture, books, random);
  let passed = 0;
  /** What all books have come to see of a market, or soon will, in log-odds. */
  const agreed = new Map<Market, number>();

  function reprice(view: BookView, state: MarketState, atMs: number): void {
    const line = mainLine(fixture.sport, view.belief, state.market, state.line);
    const { names, probabilities } = priceFairly(fixture.sport, view.belief, state.market, line);
    const prices = bookOdds(probabilities, { ...view.profile, tilt: state.tilt + state.push });
    const outcomes = names.map((name, index) => ({ name, milliOdds: prices[index] ?? 0, suspended: false }));
    const isSame = state.quote?.outcomes.every((old, index) => old.milliOdds === prices[index]) && state.line === line;
    state.line = line;
    if (isSame === true) return;
    const { market } = state;
    state.quote = {
      bookmaker: view.profile.name,
      market,
      line,
      outcomes,
      suspended: false,
      changedAtMs: Math.floor(atMs),
    };
  }

  function befall(happening: Happening): void {
    if (happening.kind === 'agree') {
      const common = (agreed.get(happening.market) ?? 0) + happening.by;
      agreed.set(happening.market, Math.max(-MAX_PUSH, Math.min(MAX_PUSH, common)));
      return;
    }
    const view = views[happening.book];
    if (view === undefined) return;
    switch (happening.kind) {
      case 'belief': {
        view.belief = { first: view.belief.first + happening.first, second: view.belief.second + happening.second };
        for (const state of view.markets) reprice(view, state, happening.atMs);
        return;
      }
      case 'tilt':
      case 'push':
      case 'settle': {
        const state = view.markets.find((candidate) => candidate.market === happening.market);
        if (state === undefined) return;
        if (happening.kind === 'tilt') state.tilt = happening.tilt;
        else if (happening.kind === 'push') state.push += happening.by;
        else state.push = agreed.get(happening.market) ?? 0;
        return reprice(view, state, happening.atMs);
      }
      case 'shut': {
        for (const state of view.markets) {
          if (happening.market === null || state.market === happening.market) state.shutUntilMs = happening.untilMs;
        }
      }
    }
  }

  function advance(nowMs: number): void {
    for (let next = ahead[passed]; next !== undefined && next.atMs <= nowMs; next = ahead[passed]) {
      befall(next);
      passed += 1;
    }
  }

  for (const view of views) for (const state of view.markets) reprice(view, state, fixture.listedAtMs);

  return {
    fixture,
    kickoffAt: (nowMs: number): number =>
      nowMs >= fixture.kickoffMs - DELAY_NOTICE_MS ? fixture.kickoffMs + delayMs : fixture.kickoffMs,

    /** Adds what has not happened yet. */
    add(happenings: readonly Happening[]): void {
      ahead = [...ahead.slice(passed), ...happenings].toSorted((a, b) => a.atMs - b.atMs);
      passed = 0;
    },

    /** What every book shows at an instant; books that are out say nothing. */
    quotesAt(nowMs: number, isOut: (book: number) => boolean): DemoQuote[] {
      advance(nowMs);
      const quotes: DemoQuote[] = [];
      for (const [book, view] of views.entries()) {
        if (isOut(book)) continue;
        for (const { quote, shutUntilMs } of view.markets) {
          if (quote === null) continue;
          const isShut = nowMs < shutUntilMs;
          if (isShut && view.profile.hidesShutMarkets) continue;
          quotes.push(isShut ? { ...quote, suspended: true } : quote);
        }
      }
      return quotes;
    },
  };
}

export type DemoEvent = ReturnType<typeof createDemoEvent>;
