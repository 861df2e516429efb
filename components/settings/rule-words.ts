import type { Rules } from '../../contracts/rules.ts';
import type { SettingWords } from './setting-words.ts';

/** The settings that a sport or a league may have for itself. What they cost is measured in docs/detection.md. */
export const RULE_WORDS: Readonly<Record<keyof Rules, SettingWords>> = {
  priceChangePercent: {
    label: 'Price move',
    about: 'How far the odds of one outcome must move within the look-back.',
    cost: 'Lower tells more of the small moves; higher misses real moves of favourites.',
    editor: { kind: 'bands', unit: '%' },
  },
  priceChangePoints: {
    label: 'Floor in points',
    about: 'By how many percentage points its fair probability must have moved as well.',
    cost: 'The floor keeps long shots quiet: without it soccer alerted 3.1 times as often.',
    editor: { kind: 'bands', unit: 'pts' },
  },
  minTicks: {
    label: 'Smallest move',
    about: 'A move of fewer steps of the price ladder is no move.',
    cost: 'Lower lets rounding alert; higher needs more than one step of a coarse ladder.',
    editor: { kind: 'number', unit: 'ticks' },
  },
  lookBackMinutes: {
    label: 'Look-back',
    about: 'A price is compared with the highest and the lowest of so long.',
    cost: 'Shorter misses slow drifts; longer makes moves of what has long been known.',
    editor: { kind: 'number', unit: 'min' },
  },
  maxGapMinutes: {
    label: 'Largest gap',
    about: 'A book that was not heard of for longer starts afresh.',
    cost: 'Shorter makes a slow feed forget the move; longer counts prices of an outage as moves.',
    editor: { kind: 'number', unit: 'min' },
  },
  marginChangePoints: {
    label: 'Changed margin',
    about: 'All outcomes shorter, or longer, together: told from so many points of margin on.',
    cost: 'Lower tells small corrections; higher leaves a book that turned careful unseen.',
    editor: { kind: 'number', unit: 'pts' },
  },
  quietMinutes: {
    label: 'Settled after',
    about: 'A move that went no further for so long is over; the next one is measured from there.',
    cost: 'Shorter makes several alerts of one move; longer hides a second move in the first.',
    editor: { kind: 'number', unit: 'min' },
  },
  retraceShare: {
    label: 'Reverted at',
    about: 'Share of the move, from 0 to 1, that must be taken back for it to count as reverted.',
    cost: 'Lower makes several alerts of one move; higher hides a second move in the first.',
    editor: { kind: 'number', unit: 'of 1' },
  },
  coolDownMinutes: {
    label: 'Cool-down',
    about: 'A move that opens again within this time is the same alert once more.',
    cost: 'Shorter tells flapping prices again; longer makes a new move a mere repetition.',
    editor: { kind: 'number', unit: 'min' },
  },
  holdDownSeconds: {
    label: 'Hold-down',
    about: 'Prices of the first seconds after a market returned are not judged.',
    cost: 'Shorter judges prices that are still being set; longer sees the first real move later.',
    editor: { kind: 'number', unit: 's' },
  },
  spikeHoldPoints: {
    label: 'Spike hold',
    about:
      'A jump that no other book follows waits for the book’s next poll when it ends so far from the others. 100 never waits.',
    cost: 'Waiting delays a lone move by one poll; never waiting gave 11 % more alerts.',
    editor: {
      kind: 'parts',
      parts: { own: { label: 'Own book', unit: 'pts' }, competitor: { label: 'Competitors', unit: 'pts' } },
    },
  },
  foldFollowers: {
    label: 'Fold followers',
    about:
      'Books that make the same move are one alert, which gets worse with the worst of them and speaks of our own price once that follows.',
    cost: 'Off tells each of them, and the desk fills with the same move.',
    editor: { kind: 'switch' },
  },
  foldOutcomes: {
    label: 'Fold outcomes',
    about: 'Outcomes of one market that move together, one at the expense of the other, are one alert.',
    cost: 'Off tells both sides of every two-way market.',
    editor: { kind: 'switch' },
  },
  foldOffers: {
    label: 'Fold offers',
    about:
      'What a book shuts, takes down or offers again within a minute, and a market that one competitor after the other does, is one alert that names them.',
    cost: 'Off tells each market, line and book by itself.',
    editor: { kind: 'switch' },
  },
  foldMarkets: {
    label: 'Fold markets',
    about:
      'Markets of a group tell one opinion: a book that moves several of them, or several lines of one, the same way is one alert.',
    cost: 'A market by itself alerts on its own, with each of its lines.',
    editor: { kind: 'marketGroups' },
  },
  inLinePoints: {
    label: 'Come into line',
    about:
      'A competitor’s move that few others share, and that ends so near to where they stand, is not told. 0 tells them all.',
    cost: 'Lower tells books that only catch up; higher hides the first ones to move.',
    editor: { kind: 'number', unit: 'pts' },
  },
  maxAlertsPerEventMinute: {
    label: 'Cap per match',
    about: 'New alerts of one match in one minute; what is beyond comes as one summary.',
    cost: 'Lower hides single alerts in a summary; higher lets one match fill the desk.',
    editor: { kind: 'number', unit: 'alerts' },
  },
  marketWeights: {
    label: 'Weight of markets',
    about: 'For its severity a move counts so many times as much in that market; 1 where nothing is said.',
    cost: 'A weight never decides whether a move is told, only how loudly.',
    editor: { kind: 'marketWeights' },
  },
  lateWeight: {
    label: 'Late weight',
    about: 'Shortly before kickoff a move counts so many times as much for its severity.',
    cost: 'Higher makes late money louder; 1 treats it like any other.',
    editor: {
      kind: 'parts',
      parts: { withinMinutes: { label: 'Within', unit: 'min' }, weight: { label: 'Counts', unit: 'times' } },
    },
  },
  disagreementMinPercent: {
    label: 'Both sides moved',
    about: 'Our book and the others must each have moved so far, in opposite directions.',
    cost: 'Lower takes noise for disagreement; higher tells it later.',
    editor: { kind: 'number', unit: '%' },
  },
  disagreementWindowMinutes: {
    label: 'Within',
    about: 'How far apart the two moves may lie; not longer than the look-back.',
    cost: 'Shorter misses a slow answer; longer pairs moves that have nothing to do with each other.',
    editor: { kind: 'number', unit: 'min' },
  },
  disagreementCompetitors: {
    label: 'With whom',
    about: 'Competitors that we may disagree with, each by itself. With none chosen: with their consensus.',
    cost: 'Single competitors alert sooner, and more often on one book’s mistake.',
    editor: { kind: 'books' },
  },
  offMarketEdgePercent: {
    label: 'Edge of a bet',
    about: 'What a bet at our price would win at the consensus’ probability, in percent of the stake.',
    cost: 'Lower alerts on the usual difference of margins; higher leaves a wrong price standing longer.',
    editor: { kind: 'bands', unit: '%' },
  },
  offMarketMinPoints: {
    label: 'Apart by',
    about: 'Our fair probability must lie at least so far from the consensus as well.',
    cost: 'Lower lets long shots alert; higher waits for gross errors.',
    editor: { kind: 'number', unit: 'pts' },
  },
  offMarketMoreGenerous: {
    label: 'Unless others pay',
    about: 'No alert while so many competitors pay at least as much.',
    cost: 'Fewer silences more; more alerts on prices that are not ours alone.',
    editor: { kind: 'number', unit: 'books' },
  },
  sureBetPercent: {
    label: 'Sure bet',
    about: 'Profit of a sure bet with one leg at our price, in percent of the stakes.',
    cost: 'Lower alerts on profits that nobody can take; higher leaves a gift standing.',
    editor: { kind: 'number', unit: '%' },
  },
  offMarketHoldSeconds: {
    label: 'Off for',
    about: 'A price must be off the market in two polls and for so long.',
    cost: 'Shorter alerts while a sweep still brings the other books; longer tells a wrong price later.',
    editor: { kind: 'number', unit: 's' },
  },
  laggingShare: {
    label: 'Followed by less than',
    about: 'We lag when we followed less than this share, from 0 to 1, of the consensus’ move.',
    cost: 'Lower tells only who stands still; higher calls a cautious follower late.',
    editor: { kind: 'number', unit: 'of 1' },
  },
  laggingPolls: {
    label: 'After polls',
    about: 'It is told after so many of our own polls without following.',
    cost: 'Fewer alerts before we could have followed; more alerts when it is late.',
    editor: { kind: 'number', unit: 'polls' },
  },
  laggingSeconds: {
    label: 'Or after',
    about: 'Or after so long, whichever comes first.',
    cost: 'Shorter alerts before a trader could have followed; longer leaves us open.',
    editor: { kind: 'number', unit: 's' },
  },
  laggingCriticalSeconds: {
    label: 'Critical after',
    about: 'It becomes critical after so long, where the market moved by the elevated band.',
    cost: 'Shorter pages for what is being handled; longer lets it wait among the elevated.',
    editor: { kind: 'number', unit: 's' },
  },
  consensusMinVotes: {
    label: 'Votes needed',
    about: 'Independent competitors that a consensus needs.',
    cost: 'Fewer lets one outlier move the consensus; more leaves thin markets without one.',
    editor: { kind: 'number', unit: 'votes' },
  },
  consensusFreshSeconds: {
    label: 'Fresh for',
    about: 'A price confirmed longer ago, and longer than twice its feed’s usual interval, has no vote.',
    cost: 'Shorter leaves thin markets without a consensus; longer lets old prices vote.',
    editor: { kind: 'number', unit: 's' },
  },
  primaryMarkets: {
    label: 'Markets that alert',
    about: 'All other markets are stored and shown, but never alert.',
    cost: 'More markets tell the same move several times.',
    editor: { kind: 'markets' },
  },
  matchedOnly: {
    label: 'Matched markets only',
    about: 'Alert only where our book and a competitor both offer the market.',
    cost: 'Off alerts on prices that we do not offer as well.',
    editor: { kind: 'switch' },
  },
};
