import { ChevronDown } from 'lucide-react';
import type { Severity } from '../../contracts/alert.ts';
import { ALERT_TYPES, SEVERITIES } from '../../contracts/alert-words.ts';
import type { AlertView } from '../../hooks/alert-view.ts';
import type { SeverityCounts } from '../../hooks/queries.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceMenu } from '../ui/choice-menu.tsx';
import type { Choice } from '../ui/menu.tsx';
import { SEVERITY_WORDS, TYPE_WORDS } from '../words/market-words.ts';
import { SearchField } from './search-field.tsx';
import { SeverityMark } from './severity-mark.tsx';

export type ViewChange = Partial<AlertView>;

function toggled<Item>(items: readonly Item[], item: Item): Item[] {
  return items.includes(item) ? items.filter((other) => other !== item) : [...items, item];
}

type FacetProps = {
  readonly label: string;
  readonly options: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
  readonly onOpenChange?: (isOpen: boolean) => void;
};

/** A filter of several choices. What is chosen stays offered even when nothing on the desk has it any more. */
function Facet({ label, options, chosen, onToggle, onOpenChange }: FacetProps) {
  const gone = chosen.filter((value) => !options.some((option) => option.value === value));
  const all = [...options, ...gone.map((value) => ({ value, words: value }))];
  return (
    <ChoiceMenu
      takes="several"
      choices={all}
      chosen={chosen}
      onChoose={onToggle}
      onOpenChange={onOpenChange}
      renderTrigger={(attributes) => (
        <Button variant="chip" data-on={chosen.length > 0} {...attributes}>
          {label}
          {chosen.length > 0 ? (
            <span className="text-accent">{chosen.length}</span>
          ) : (
            <ChevronDown className="text-secondary" />
          )}
        </Button>
      )}
    />
  );
}

type SeverityChipProps = {
  readonly severity: Severity;
  readonly count: number | undefined;
  readonly isOn: boolean;
  readonly onToggle: () => void;
};

function SeverityChip({ severity, count, isOn, onToggle }: SeverityChipProps) {
  return (
    <Button variant="chip" data-on={isOn} aria-pressed={isOn} onClick={onToggle}>
      <SeverityMark severity={severity} silent className="size-3" />
      {SEVERITY_WORDS[severity]}
      <span className="min-w-[1ch] text-secondary">{count ?? ''}</span>
    </Button>
  );
}

type FilterBarProps = {
  readonly view: AlertView;
  readonly severityCounts: SeverityCounts | undefined;
  readonly bookmakers: readonly string[];
  readonly leagues: readonly string[];
  readonly onChange: (change: ViewChange) => void;
  readonly onLeaguesWanted: (areWanted: boolean) => void;
};

const named = (values: readonly string[]) => values.map((value) => ({ value, words: value }));
const TYPES = ALERT_TYPES.map((value) => ({ value, words: TYPE_WORDS[value] }));
const WORST_FIRST = SEVERITIES.toReversed();

/** What is shown, and in which order. Every choice lives in the address. */
export function FilterBar({ view, severityCounts, bookmakers, leagues, onChange, onLeaguesWanted }: FilterBarProps) {
  return (
    <div className="scroll-quiet flex shrink-0 items-center gap-1.5 overflow-x-auto px-4 py-3 @2xl:px-6 [scrollbar-width:none]">
      <SearchField value={view.q} onCommit={(q) => onChange({ q })} />
      <fieldset aria-label="Severity" className="flex shrink-0 gap-1.5">
        {WORST_FIRST.map((severity) => (
          <SeverityChip
            key={severity}
            severity={severity}
            count={severityCounts?.[severity]}
            isOn={view.severity.includes(severity)}
            onToggle={() => onChange({ severity: toggled(view.severity, severity) })}
          />
        ))}
      </fieldset>
      <Facet
        label="Type"
        options={TYPES}
        chosen={view.type}
        onToggle={(value) => {
          const type = ALERT_TYPES.find((known) => known === value);
          if (type !== undefined) onChange({ type: toggled(view.type, type) });
        }}
      />
      <Facet
        label="Bookmaker"
        options={named(bookmakers)}
        chosen={view.bookmaker}
        onToggle={(value) => onChange({ bookmaker: toggled(view.bookmaker, value) })}
      />
      <Facet
        label="League"
        options={named(leagues)}
        chosen={view.league}
        onOpenChange={onLeaguesWanted}
        onToggle={(value) => onChange({ league: toggled(view.league, value) })}
      />
    </div>
  );
}
