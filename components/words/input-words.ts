import { namedIn } from '../../contracts/named-in.ts';
import { percentText } from './number-words.ts';

type Value = number | string | boolean | null;

/** Decimals that a trader can use; a share has four, a hundredth of a percent. */
const MAX_DECIMALS = 2;
const MAX_SHARE_DECIMALS = 4;
const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

const UNITS: readonly { readonly suffix: string; readonly words: (value: number) => string }[] = [
  { suffix: 'Percent', words: (value) => `${rounded(value, MAX_DECIMALS)}%` },
  { suffix: 'Minutes', words: (value) => `${rounded(value, MAX_DECIMALS)} min` },
  { suffix: 'Seconds', words: (value) => `${rounded(value, MAX_DECIMALS)} s` },
  { suffix: 'Points', words: (value) => `${rounded(value, MAX_DECIMALS)} pts` },
];

/** Inputs whose stored name is the detector's and not a trader's. */
const NAMES: Readonly<Record<string, string>> = {
  weight: 'Weight of the market at this time',
  news: 'What is new',
  occurrences: 'Seen',
  votes: 'Independent competitors',
  minVotes: 'Competitors needed',
  minTicks: 'Least move, in ticks',
  minPoints: 'Least distance',
  share: 'Share that we must follow',
  beyond: 'Alerts that this one stands for',
  ownState: 'Our market',
  from: 'Before',
  to: 'After',
  mostCompetitorsShare: 'Share of competitors that is most',
};
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  news: { opened: 'opened', escalated: 'got worse', again: 'seen again' },
  from: { removed: 'taken down' },
  to: { removed: 'taken down' },
  ownState: { removed: 'taken down', none: 'not offered' },
};

/** `minutesToKickoff` → `Minutes to kickoff`; a unit at the end goes to the value. */
function nameWords(name: string, suffix: string): string {
  const bare = suffix !== '' && name.length > suffix.length ? name.slice(0, -suffix.length) : name;
  const words = bare.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** One stored input of an alert's severity, or one threshold, as a name and a value that can be read. */
export function inputWords(name: string, value: Value): { readonly name: string; readonly value: string } {
  const unit = typeof value === 'string' ? undefined : UNITS.find(({ suffix }) => name.endsWith(suffix));
  const words = namedIn(NAMES, name) ?? nameWords(name, unit?.suffix ?? '');
  if (value === null) return { name: words, value: '–' };
  if (typeof value === 'boolean') return { name: words, value: value ? 'yes' : 'no' };
  if (typeof value === 'string') return { name: words, value: namedIn(namedIn(VALUES, name) ?? {}, value) ?? value };
  if (name.endsWith('Probability')) return { name: words, value: `${rounded(value * 100, MAX_DECIMALS)}%` };
  if (/change/i.test(name) && unit?.suffix === 'Percent') return { name: words, value: percentText(value) };
  return { name: words, value: unit?.words(value) ?? String(rounded(value, MAX_SHARE_DECIMALS)) };
}
