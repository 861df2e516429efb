import { type Market, toMilliOdds } from '../contracts/market.ts';
import type { Finding } from '../server/detection/detection.ts';
import type { Observation } from '../server/detection/observation.ts';
import { benchSettings } from './detection-replay.ts';
import { runPolls } from './injected-run.ts';

const OWN = 'ours';
const BOOKS = [OWN, 'a', 'b', 'c', 'd', 'e'] as const;
const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-03-01T12:00:00Z');
const POLL_MS = 5 * MINUTE_MS;
const POLLS = 80;
const AT = 20;
const MARGIN = 1.05;

type Poll = { readonly atMs: number; readonly items: readonly Observation[] };
/** What a book shows at a poll: the price of the first outcome, shut, or nothing at all. */
type Shown = { readonly price: number; readonly suspended?: boolean } | null;
type Script = (book: string, poll: number, fair: number) => Shown;

type Case = {
  readonly name: string;
  readonly script: Script;
  /** What must be told, and from which poll to which at the latest. */
  readonly must: readonly {
    readonly what: (finding: Finding) => boolean;
    readonly from: number;
    readonly until: number;
  }[];
  /** What may be told besides; everything else is a false alert. */
  readonly may: (finding: Finding) => boolean;
  readonly kickoff?: (poll: number) => number;
  readonly restartEvery?: number;
  /** How many alerts of one kind there may be at most. */
  readonly most?: number;
};

const isMove = (finding: Finding): boolean => finding.type === 'price_change' && finding.outcome !== null;
const isOf =
  (bookmaker: string) =>
  (finding: Finding): boolean =>
    finding.bookmaker === bookmaker;
const isOffMarket = ({ type }: Finding): boolean =>
  type === 'off_market' || type === 'lagging' || type === 'direction_disagreement';
const never = (): boolean => false;
const step = (poll: number, size: number): number => (poll >= AT ? 1 + size : 1);

const CASES: readonly Case[] = [
  {
    name: 'noise',
    script: (book, poll, fair) => ({ price: fair * (1 + (((poll * 7 + book.charCodeAt(0)) % 5) - 2) / 400) }),
    must: [],
    may: never,
  },
  {
    name: 'drift of the market',
    script: (_book, poll, fair) => ({ price: fair * 0.99 ** Math.min(Math.max(poll - AT, 0), 25) }),
    must: [{ what: (finding) => isMove(finding) && isOf(OWN)(finding), from: AT, until: AT + 10 }],
    may: isMove,
  },
  {
    name: 'step of the market',
    script: (_book, poll, fair) => ({ price: fair * step(poll, -0.12) }),
    must: [{ what: (finding) => isMove(finding) && isOf(OWN)(finding), from: AT, until: AT }],
    may: isMove,
  },
  {
    name: 'step of the market that we do not follow',
    script: (book, poll, fair) => ({ price: book === OWN ? fair : fair * step(poll, -0.1) }),
    must: [
      { what: (finding) => isMove(finding) && !isOf(OWN)(finding), from: AT, until: AT },
      { what: ({ type }) => type === 'lagging', from: AT, until: AT + 2 },
      { what: ({ type }) => type === 'off_market', from: AT, until: AT + 1 },
    ],
    may: never,
    most: 3,
  },
  {
    name: 'we drift while the market shortens',
    script: (book, poll, fair) => ({ price: fair * step(poll, book === OWN ? 0.06 : -0.06) }),
    must: [
      {
        what: ({ type, severity }) => type === 'direction_disagreement' && severity === 'critical',
        from: AT,
        until: AT,
      },
      { what: ({ type }) => type === 'off_market', from: AT, until: AT + 1 },
    ],
    // It opens when half of the market has moved, and gets worse within the same poll.
    may: (finding) => isMove(finding) || (finding.type === 'direction_disagreement' && finding.outcome === '1'),
    most: 4,
  },
  {
    name: 'a competitor comes into line',
    script: (book, poll, fair) => ({ price: book === 'c' && poll < AT ? fair * 1.1 : fair }),
    must: [],
    may: never,
  },
  {
    name: 'suspension, and return at another price',
    script: (book, poll, fair) => ({
      price: book === 'c' && poll >= AT + 3 ? fair * 0.88 : fair,
      suspended: book === 'c' && poll >= AT && poll < AT + 3,
    }),
    must: [
      { what: ({ availability }) => availability === 'suspended', from: AT, until: AT },
      {
        what: ({ availability, severity }) => availability === 'returned' && severity !== 'warning',
        from: AT + 3,
        until: AT + 3,
      },
    ],
    may: never,
  },
  {
    name: 'step of the own book',
    script: (book, poll, fair) => ({ price: book === OWN ? fair * step(poll, -0.1) : fair }),
    must: [{ what: (finding) => isMove(finding) && isOf(OWN)(finding), from: AT, until: AT }],
    may: (finding) => isOffMarket(finding) || (isMove(finding) && isOf(OWN)(finding)),
  },
  {
    name: 'step of one competitor',
    script: (book, poll, fair) => ({ price: book === 'c' ? fair * step(poll, -0.1) : fair }),
    must: [{ what: (finding) => isMove(finding) && isOf('c')(finding), from: AT, until: AT + 1 }],
    may: (finding) => isMove(finding) && isOf('c')(finding),
  },
  {
    name: 'oscillation',
    script: (book, poll, fair) => ({ price: book === 'c' && poll >= AT && poll % 2 === 0 ? fair * 0.9 : fair }),
    must: [{ what: (finding) => isMove(finding) && isOf('c')(finding), from: AT, until: AT + 4 }],
    may: (finding) => isMove(finding) && isOf('c')(finding),
    most: 2,
  },
  {
    name: 'spike of a competitor',
    script: (book, poll, fair) => ({ price: book === 'c' && poll === AT ? fair * 1.6 : fair }),
    must: [],
    may: never,
  },
  {
    name: 'spike of the own book',
    script: (book, poll, fair) => ({ price: book === OWN && poll === AT ? fair * 1.6 : fair }),
    must: [],
    may: never,
  },
  {
    name: 'swap of two matches at a book and its clone',
    script: (book, poll, fair) => ({
      price: (book === 'd' || book === 'e') && poll === AT ? 1 / (MARGIN - 1 / fair) : fair,
    }),
    must: [],
    may: never,
  },
  {
    name: 'suspension of one competitor',
    script: (book, poll, fair) => ({ price: fair, suspended: book === 'c' && poll >= AT && poll < AT + 3 }),
    must: [{ what: ({ availability }) => availability === 'suspended', from: AT, until: AT }],
    may: ({ availability }) => availability === 'returned',
  },
  {
    name: 'suspension of all competitors while we are open',
    script: (book, poll, fair) => ({ price: fair, suspended: book !== OWN && poll >= AT && poll < AT + 3 }),
    must: [
      {
        what: ({ availability, severity }) => availability === 'suspended' && severity === 'critical',
        from: AT,
        until: AT,
      },
    ],
    may: ({ type }) => type === 'availability',
  },
  {
    name: 'outage of one feed, its prices moved meanwhile',
    script: (book, poll, fair) =>
      book === 'c' && poll >= AT && poll < AT + 30 ? null : { price: book === 'c' && poll >= AT ? fair * 0.85 : fair },
    must: [{ what: ({ type, bookmaker }) => type === 'feed_silent' && bookmaker === 'c', from: AT, until: AT + 8 }],
    may: never,
  },
  {
    name: 'outage of everything, all prices moved meanwhile',
    script: (_book, poll, fair) => (poll >= AT && poll < AT + 40 ? null : { price: fair * step(poll, -0.15) }),
    must: [{ what: ({ type }) => type === 'feed_silent', from: AT, until: AT + 8 }],
    may: never,
  },
  {
    name: 'reschedule: a match that was past is watched again',
    script: (_book, poll, fair) => ({ price: fair * (poll >= 60 ? 0.8 : poll >= 45 ? 0.9 : 1) }),
    kickoff: (poll) => (poll < 50 ? START_MS + 40 * POLL_MS : START_MS + 24 * 60 * MINUTE_MS),
    must: [{ what: (finding) => isMove(finding) && isOf(OWN)(finding), from: 60, until: 60 }],
    may: isMove,
  },
  {
    name: 'restart in the middle of a drift',
    script: (_book, poll, fair) => ({ price: fair * 0.99 ** Math.min(Math.max(poll - AT, 0), 25) }),
    must: [{ what: (finding) => isMove(finding) && isOf(OWN)(finding), from: AT, until: AT + 10 }],
    may: isMove,
    restartEvery: 3,
  },
];

const FAIR_PRICES = [1.5, 1.9, 2.4] as const;

/** Prices of one poll of a two-way market; the other outcome keeps the booksum. */
function observe(injected: Case, fair: number, poll: number): Poll {
  const atMs = START_MS + poll * POLL_MS;
  const kickoffMs = injected.kickoff?.(poll) ?? START_MS + 24 * 60 * MINUTE_MS;
  const event = {
    sourceKey: 'injected',
    home: 'Home',
    away: 'Away',
    league: 'League',
    country: 'Country',
    sport: 'sport',
    kickoffMs,
  };
  const items = BOOKS.flatMap((bookmaker): Observation[] => {
    const shown = injected.script(bookmaker, poll, fair);
    if (shown === null) return [];
    const prices = [shown.price, 1 / (MARGIN - 1 / shown.price)];
    const outcomes = prices.map((price, index) => ({
      name: String(index + 1),
      milliOdds: toMilliOdds(price),
      suspended: false,
    }));
    const market: Market = 'moneyline';
    return [
      {
        event,
        bookmaker,
        market,
        line: null,
        outcomes,
        suspended: shown.suspended ?? false,
        observedAtMs: atMs,
        upstreamAtMs: null,
      },
    ];
  });
  return { atMs, items };
}

/** Runs the cases with a known truth, at several prices, and prints recall and false alerts. */
export function runInjected(print: (text?: string) => void): void {
  const settings = { ...benchSettings(OWN), independenceGroups: [['d', 'e']] };
  let due = 0;
  let met = 0;
  let falseAlerts = 0;
  print('\ninjected cases              found  false alerts');
  for (const injected of CASES) {
    let caseDue = 0;
    let caseMet = 0;
    const wrong: string[] = [];
    for (const fair of FAIR_PRICES) {
      const polls = Array.from({ length: POLLS }, (_, poll) => observe(injected, fair, poll));
      const told = runPolls(polls, settings, { restartEvery: injected.restartEvery });
      const straight = injected.restartEvery === undefined ? told : runPolls(polls, settings, {});
      caseDue += injected.must.length;
      for (const { what, from, until } of injected.must) {
        const [fromMs, untilMs] = [START_MS + from * POLL_MS, START_MS + (until + 1) * POLL_MS];
        if (told.some(({ finding, atMs }) => finding.isNews && what(finding) && atMs >= fromMs && atMs < untilMs))
          caseMet += 1;
      }
      const news = told.filter(({ finding }) => finding.isNews);
      const unwanted = news.filter(
        ({ finding }) => !injected.may(finding) && !injected.must.some(({ what }) => what(finding)),
      );
      wrong.push(...unwanted.map(({ finding }) => finding.explanation.rule));
      const keys = new Set(news.map(({ finding }) => finding.alertKey));
      if (injected.most !== undefined && keys.size > injected.most)
        wrong.push(`${keys.size} alerts instead of ${injected.most}`);
      if (JSON.stringify(told) !== JSON.stringify(straight)) wrong.push('not what is told without restarts');
    }
    due += caseDue;
    met += caseMet;
    falseAlerts += wrong.length;
    print(`  ${injected.name.padEnd(52)} ${caseDue === 0 ? '  -' : `${caseMet}/${caseDue}`}  ${wrong.length}`);
    for (const each of wrong) print(`    ${each}`);
  }
  print(`injected: recall ${(met / due).toFixed(3)}, false alerts ${falseAlerts}`);
}
