import { RULE_NAMES } from '../../contracts/rules.ts';
import type { Settings } from '../../contracts/settings.ts';
import { DESK_WORDS } from './desk-words.ts';
import { RULE_WORDS } from './rule-words.ts';

export type SettingName = Exclude<keyof Settings, 'overrides'>;

/** How a setting is edited and written out. Numbers carry the unit that stands behind them. */
export type Editor =
  | { readonly kind: 'number'; readonly unit: string }
  | { readonly kind: 'bands'; readonly unit: string }
  | {
      readonly kind: 'parts';
      readonly parts: Readonly<Record<string, { readonly label: string; readonly unit: string }>>;
    }
  | { readonly kind: 'switch' }
  | { readonly kind: 'markets' }
  | { readonly kind: 'marketWeights' }
  | { readonly kind: 'marketGroups' }
  | { readonly kind: 'book' }
  | { readonly kind: 'books' }
  | { readonly kind: 'bookWeights' }
  | { readonly kind: 'bookGroups' };

export type SettingWords = {
  readonly label: string;
  /** What it means. */
  readonly about: string;
  /** What less and more of it cost. */
  readonly cost: string;
  readonly editor: Editor;
};

/** Every setting by its name in the contract: its words, and how it is edited. */
export const SETTINGS: Readonly<Record<string, SettingWords>> = { ...RULE_WORDS, ...DESK_WORDS };

/** The settings in the order of the page. */
export const GROUPS: readonly { readonly title: string; readonly names: readonly SettingName[] }[] = [
  { title: 'Own book and markets', names: ['ownBookmaker', 'primaryMarkets', 'matchedOnly'] },
  {
    title: 'Price change',
    names: [
      'priceChangePercent',
      'priceChangePoints',
      'minTicks',
      'lookBackMinutes',
      'maxGapMinutes',
      'marginChangePoints',
    ],
  },
  {
    title: 'One alert per move',
    names: [
      'quietMinutes',
      'retraceShare',
      'coolDownMinutes',
      'holdDownSeconds',
      'spikeHoldPoints',
      'foldFollowers',
      'foldOutcomes',
      'foldOffers',
      'foldMarkets',
      'inLinePoints',
      'maxAlertsPerEventMinute',
    ],
  },
  { title: 'Severity', names: ['marketWeights', 'lateWeight'] },
  {
    title: 'Disagreement',
    names: ['disagreementMinPercent', 'disagreementWindowMinutes', 'disagreementCompetitors'],
  },
  {
    title: 'Off market',
    names: [
      'offMarketEdgePercent',
      'offMarketMinPoints',
      'offMarketMoreGenerous',
      'sureBetPercent',
      'offMarketHoldSeconds',
    ],
  },
  { title: 'Lagging', names: ['laggingShare', 'laggingPolls', 'laggingSeconds', 'laggingCriticalSeconds'] },
  {
    title: 'Consensus',
    names: ['consensusMinVotes', 'consensusFreshSeconds', 'independenceGroups', 'bookmakerWeights'],
  },
  {
    title: 'Prices and feeds',
    names: ['booksum', 'feedDelayedAfterSeconds', 'feedSilentAfterSeconds', 'feedSilentIntervals'],
  },
  { title: 'Retention', names: ['retentionDays'] },
];

const RULES: ReadonlySet<string> = new Set(RULE_NAMES);

/** Whether a sport or league may have its own. */
export const isRule = (name: string): boolean => RULES.has(name);
