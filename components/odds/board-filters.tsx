import { ChevronDown } from 'lucide-react';
import { BOARD_MARKETS, type BoardMarket } from '../../contracts/market.ts';
import type { BoardLeague } from '../../contracts/odds-board.ts';
import { KICKOFF_RANGES, type KickoffWithin, type OddsView } from '../../hooks/odds-view.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceMenu } from '../ui/choice-menu.tsx';
import type { Choice } from '../ui/menu.tsx';

const MARKET_WORDS: Readonly<Record<BoardMarket, string>> = {
  winner: 'Winner',
  handicap: 'Handicap',
  over_under: 'Over/Under',
  btts: 'Both score',
  double_chance: 'Double chance',
};

const KICKOFF_WORDS: Readonly<Record<KickoffWithin, string>> = {
  '2h': 'Next 2 hours',
  '6h': 'Next 6 hours',
  '24h': 'Next 24 hours',
  '3d': 'Next 3 days',
  '7d': 'Next 7 days',
};
const ANY_KICKOFF = 'any';
const KICKOFF_CHOICES: readonly Choice[] = [
  { value: ANY_KICKOFF, words: 'Any kickoff' },
  ...KICKOFF_RANGES.map((value) => ({ value, words: KICKOFF_WORDS[value] })),
];

/** A phone's bar has no room to say of each filter that it is a menu. */
const CHEVRON = 'hidden text-secondary @2xl:block';

type NamesMenuProps = {
  readonly label: string;
  readonly names: ReadonlyMap<string, number>;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
};

/** Several of the names on the board, each with its matches. What is chosen stays offered when its matches are over. */
function NamesMenu({ label, names, chosen, onChange }: NamesMenuProps) {
  const all = [...new Set([...names.keys(), ...chosen])].toSorted((a, b) => a.localeCompare(b, 'en'));
  return (
    <ChoiceMenu
      takes="several"
      choices={all.map((name) => ({ value: name, words: `${name} (${names.get(name) ?? 0})` }))}
      chosen={chosen}
      onChoose={(name) =>
        onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name])
      }
      renderTrigger={(attributes) => (
        <Button variant="chip" data-on={chosen.length > 0} {...attributes}>
          {label}
          {chosen.length > 0 ? (
            <span className="text-accent">{chosen.length}</span>
          ) : (
            <ChevronDown className={CHEVRON} />
          )}
        </Button>
      )}
    />
  );
}

function matchesBy(leagues: readonly BoardLeague[], name: 'league' | 'country'): Map<string, number> {
  const counts = new Map<string, number>();
  for (const league of leagues) counts.set(league[name], (counts.get(league[name]) ?? 0) + league.events);
  return counts;
}

type BoardFiltersProps = {
  readonly view: OddsView;
  readonly leagues: readonly BoardLeague[];
  readonly onChange: (change: Partial<OddsView>) => void;
};

/** Which market, and which matches. Every choice lives in the address. */
export function BoardFilters({ view, leagues, onChange }: BoardFiltersProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-1.5 gap-y-3 pointer-coarse:gap-y-3.5">
      {/* Where they do not fit beside the other filters they are a menu: nothing of the bar is out of sight. */}
      <div className="shrink-0 @min-[60rem]:hidden">
        <ChoiceMenu
          takes="one"
          align="start"
          choices={BOARD_MARKETS.map((market) => ({ value: market, words: MARKET_WORDS[market] }))}
          chosen={[view.market]}
          onChoose={(value) => onChange({ market: BOARD_MARKETS.find((market) => market === value) ?? view.market })}
          renderTrigger={(attributes) => (
            <Button variant="chip" aria-label={`Market: ${MARKET_WORDS[view.market]}`} data-on {...attributes}>
              {MARKET_WORDS[view.market]}
              <ChevronDown className="text-secondary" />
            </Button>
          )}
        />
      </div>
      <fieldset
        aria-label="Market"
        className="hidden shrink-0 rounded-md border border-rule-strong p-px @min-[60rem]:flex"
      >
        {BOARD_MARKETS.map((market) => (
          <label
            key={market}
            className="relative flex h-7.5 items-center rounded-sm px-2.5 font-medium whitespace-nowrap text-secondary hover:text-ink has-checked:bg-chip has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:after:absolute pointer-coarse:after:-inset-y-2 pointer-coarse:after:inset-x-0"
          >
            <input
              type="radio"
              name="market"
              value={market}
              checked={view.market === market}
              onChange={() => onChange({ market })}
              className="absolute inset-0 appearance-none outline-none"
            />
            {MARKET_WORDS[market]}
          </label>
        ))}
      </fieldset>
      <NamesMenu
        label="League"
        names={matchesBy(leagues, 'league')}
        chosen={view.league}
        onChange={(league) => onChange({ league })}
      />
      <NamesMenu
        label="Country"
        names={matchesBy(leagues, 'country')}
        chosen={view.country}
        onChange={(country) => onChange({ country })}
      />
      <ChoiceMenu
        takes="one"
        choices={KICKOFF_CHOICES}
        chosen={[view.kickoff ?? ANY_KICKOFF]}
        onChoose={(value) => onChange({ kickoff: KICKOFF_RANGES.find((range) => range === value) ?? null })}
        renderTrigger={(attributes) => (
          <Button variant="chip" data-on={view.kickoff !== null} {...attributes}>
            {view.kickoff === null ? 'Kickoff' : KICKOFF_WORDS[view.kickoff]}
            <ChevronDown className={CHEVRON} />
          </Button>
        )}
      />
    </div>
  );
}
