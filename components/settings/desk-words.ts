import type { Rules } from '../../contracts/rules.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { SettingWords } from './setting-words.ts';

/** The settings that hold for the whole desk. */
export const DESK_WORDS: Readonly<Record<Exclude<keyof Settings, keyof Rules | 'overrides'>, SettingWords>> = {
  ownBookmaker: {
    label: 'Own book',
    about: 'The bookmaker that we are, as the feed names it.',
    cost: 'A desk that is started with OWN_BOOKMAKER puts that one back at its next start.',
    editor: { kind: 'book' },
  },
  independenceGroups: {
    label: 'Books that copy each other',
    about: 'The books of a group have one vote together.',
    cost: 'A copy outside of its group doubles the vote of its original.',
    editor: { kind: 'bookGroups' },
  },
  bookmakerWeights: {
    label: 'Votes of single books',
    about: 'How much a book’s word counts in the consensus; 1 where nothing is said.',
    cost: 'A book with many votes moves the consensus almost alone.',
    editor: { kind: 'bookWeights' },
  },
  booksum: {
    label: 'Believable booksum',
    about: 'Prices whose implied probabilities add up to less or more are quarantined; the price before them stands.',
    cost: 'Narrower keeps out real prices of high margin; wider lets mistakes of a feed alert.',
    editor: { kind: 'parts', parts: { least: { label: 'Least', unit: '' }, most: { label: 'Most', unit: '' } } },
  },
  feedDelayedAfterSeconds: {
    label: 'Delayed after',
    about: 'Without a word from a bookmaker for so long, its feed is shown as delayed.',
    cost: 'Shorter calls every slow poll a delay; longer hides one.',
    editor: { kind: 'number', unit: 's' },
  },
  feedSilentAfterSeconds: {
    label: 'Silent after',
    about: 'Without a word for so long it is silent: an alert, and its prices have no vote meanwhile.',
    cost: 'Shorter alerts on feeds that are only slow; longer trusts dead prices.',
    editor: { kind: 'number', unit: 's' },
  },
  feedSilentIntervals: {
    label: 'Silent only after',
    about: 'And only when so many of the feed’s usual intervals have passed as well.',
    cost: 'Fewer takes a slow feed for a dead one; more notices a dead one later.',
    editor: { kind: 'number', unit: 'intervals' },
  },
  retentionDays: {
    label: 'Kept for',
    about: 'How long alerts of past matches and the history of their prices are kept.',
    cost: 'Shorter leaves less history to try settings on; longer takes more disk.',
    editor: {
      kind: 'parts',
      parts: { alerts: { label: 'Alerts', unit: 'days' }, history: { label: 'Price history', unit: 'days' } },
    },
  },
};
