import type { AlertWithExplanation, Explanation } from '../../contracts/alert.ts';
import { MARKETS, MARKETS_WITH_LINE } from '../../contracts/market.ts';
import { marketWords, selectionWords } from './market-words.ts';
import type { OddsFormat } from '../../hooks/preferences.ts';
import { MINUS } from './number-words.ts';
import { oddsText } from './odds-words.ts';

/** A book that moved less than this stood still: prices are rounded to ticks. */
const STOOD_STILL_PERCENT = 1;
/** Names in one sentence; more are counted. */
const MAX_NAMES = 5;

type About = Pick<AlertWithExplanation, 'market' | 'line' | 'outcome' | 'explanation'>;

/** `pinnacle`, `pinnacle and bet365`, `pinnacle, bet365 and 3 others`. */
export function nameList(names: readonly string[]): string {
  const shown =
    names.length > MAX_NAMES ? [...names.slice(0, MAX_NAMES - 1), `${names.length - MAX_NAMES + 1} others`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\-]/g, String.raw`\$&`);

/** Another market, or line of one, as a stored explanation names it. */
const STORED_OFFER = new RegExp(`\\b(${MARKETS.join('|')})(?: ([−-]?\\d+(?:\\.\\d+)?))?(?=[ ,;:]|\\.(?!\\d))`, 'g');

function offerWords(found: string, name: string, line: string | undefined): string {
  const market = MARKETS.find((known) => known === name);
  if (market === undefined) return found;
  if (line === undefined) return marketWords(market, null);
  // The number behind a market without lines is one of its outcomes.
  if (!MARKETS_WITH_LINE.has(market)) return `${marketWords(market, null)} ${line}`;
  return marketWords(market, Number(line.replace(MINUS, '-')));
}

/** A price within a stored explanation; a percentage or a number of points is none. */
const STORED_PRICE = /\b([Oo]ur|fair price|at|instead of|from|to) (\d+\.\d{2,3})\b(?! ?%)/g;

/** The stored rule with market and outcome in a trader's words, minus signs and percentages as on the rest of the page, prices in the trader's format. */
export function ruleWords({ market, line, outcome, explanation }: About, format: OddsFormat): string {
  const stored = `${market}${line === null ? '' : ` ${line}`}`;
  const named =
    outcome === null
      ? explanation.rule
      : explanation.rule.replaceAll(`${stored} ${outcome}`, selectionWords({ market, line, outcome }));
  return named
    .replaceAll(new RegExp(`\\b${escaped(stored)}(?=[ ,;.:])`, 'g'), marketWords(market, line))
    .replaceAll(STORED_OFFER, offerWords)
    .replaceAll(STORED_PRICE, (_, before: string, odds: string) => `${before} ${oddsText(Number(odds), format)}`)
    .replaceAll(/(\d) %/g, '$1%')
    .replaceAll(/(^|[\s(])-(?=\d)/g, `$1${MINUS}`);
}

/**
 * From which move on an alert has its severity: `critical from 15% and 4 points, counted 1.25 times`. What a move counts
 * for lifts or lowers a severity, and never makes the first one. Null where the rule knows no such bands.
 */
export function bandWords({
  severity,
  explanation: { thresholds, severityInputs },
}: Pick<AlertWithExplanation, 'severity' | 'explanation'>): string | null {
  const percent = thresholds[`${severity}Percent`];
  const points = thresholds[`${severity}Points`];
  if (percent === undefined) return null;
  const { weight } = severityInputs;
  const isWeighed = severity !== 'warning' && typeof weight === 'number' && weight !== 1;
  return `${severity} from ${percent}%${points === undefined ? '' : ` and ${points} points`}${isWeighed ? `, counted ${weight} times` : ''}`;
}

/** A move as a stored explanation names it: `ours over_under 2.5 over from 1.75 to 2.02 (+15.43 %)`. */
const STORED_MOVE = new RegExp(
  `^(.+) (${MARKETS.join('|')})(?: ([−-]?[0-9.]+))? (.+) from ([0-9.]+) to ([0-9.]+) \\(([+−-]?[0-9.]+) %\\)$`,
);

export type OtherMove = {
  readonly bookmaker: string;
  readonly selection: string;
  readonly oldOdds: number;
  readonly newOdds: number;
  readonly percent: number;
};

/**
 * Another move of the same opinion that an alert speaks of: the one whose severity it took over (`raisedBy`; null where
 * it has its own), or the one that was told before our own price went the same way (`follows`).
 */
export function otherMove(
  { severityInputs }: Pick<Explanation, 'severityInputs'>,
  as: 'raisedBy' | 'follows',
): OtherMove | null {
  const [, bookmaker, name, line, outcome, from, to, percent] =
    STORED_MOVE.exec(String(severityInputs[as] ?? '')) ?? [];
  const market = MARKETS.find((known) => known === name);
  if (bookmaker === undefined || market === undefined || outcome === undefined) return null;
  return {
    bookmaker,
    selection: selectionWords({ market, line: line === undefined ? null : Number(line.replace(MINUS, '-')), outcome }),
    oldOdds: Number(from),
    newOdds: Number(to),
    percent: Number(percent?.replace(MINUS, '-')),
  };
}

export type OthersMoved = {
  readonly same: readonly string[];
  readonly opposite: readonly string[];
  readonly still: readonly string[];
  readonly shut: readonly string[];
};

/** What the other books had done by the moment the alert fired, beside a move in this direction. */
export function othersMoved({ books }: Explanation, changePercent: number): OthersMoved {
  const moved = { same: [] as string[], opposite: [] as string[], still: [] as string[], shut: [] as string[] };
  for (const { bookmaker, oldOdds, newOdds, suspended } of books) {
    if (suspended) moved.shut.push(bookmaker);
    else if (oldOdds !== null && newOdds !== null) {
      const percent = (newOdds / oldOdds - 1) * 100;
      if (Math.abs(percent) < STOOD_STILL_PERCENT) moved.still.push(bookmaker);
      else if (percent < 0 === changePercent < 0) moved.same.push(bookmaker);
      else moved.opposite.push(bookmaker);
    }
  }
  return moved;
}

const has = (names: readonly string[]): string => (names.length === 1 ? 'has' : 'have');
const was = (names: readonly string[]): string => (names.length === 1 ? 'was' : 'were');

/** The same in a sentence or two: `pinnacle and bet365 moved the same way; betmgm has not.` Empty where nothing is known. */
export function othersWords({ same, opposite, still, shut }: OthersMoved): string {
  const parts: string[] = [];
  if (same.length > 0) parts.push(`${nameList(same)} moved the same way`);
  if (opposite.length > 0) parts.push(`${nameList(opposite)} went the other way`);
  if (still.length > 0) parts.push(`${nameList(still)} ${has(still)} not${parts.length === 0 ? ' moved' : ''}`);
  if (shut.length > 0) parts.push(`${nameList(shut)} ${was(shut)} shut`);
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}
