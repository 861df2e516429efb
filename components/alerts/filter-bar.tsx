import type { AlertFacets } from '../../contracts/alert-facets.ts';
import type { Severity } from '../../contracts/alert.ts';
import { WORST_FIRST } from '../../contracts/alert-words.ts';
import type { AlertView } from '../../hooks/alert-view.ts';
import { Button } from '../ui/button.tsx';
import { ChoiceMenu } from '../ui/choice-menu.tsx';
import { SEVERITY_WORDS } from '../words/market-words.ts';
import { shortCount } from '../words/number-words.ts';
import {
  COMMON_FACETS,
  FACET_WORDS,
  type Facet,
  type ViewChange,
  facetChoices,
  toggleFacet,
  toggled,
} from './facets.ts';
import { MoreFilters } from './more-filters.tsx';
import { SearchField } from './search-field.tsx';
import { SeverityMark } from './severity-mark.tsx';

/** Three characters have room. */
const SHORT_FROM = 1_000;

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
      <span>{SEVERITY_WORDS[severity]}</span>
      <span className="min-w-[3ch] text-left text-secondary">
        {count === undefined ? '' : shortCount(count, SHORT_FROM)}
      </span>
    </Button>
  );
}

export type FilterProps = {
  readonly view: AlertView;
  readonly facets: AlertFacets | undefined;
  readonly onChange: (change: ViewChange) => void;
};

/** A filter of several choices in the bar. What is chosen stands under the bar; here it takes no room, and moves nothing. */
function FacetMenu({ facet, view, facets, onChange }: FilterProps & { readonly facet: Facet }) {
  const chosen = view[facet];
  return (
    <ChoiceMenu
      takes="several"
      choices={facetChoices(facet, facets, chosen)}
      chosen={chosen}
      onChoose={(value) => onChange(toggleFacet(view, facet, value))}
      renderTrigger={(attributes) => (
        <Button variant="chip" data-on={chosen.length > 0} {...attributes}>
          {FACET_WORDS[facet]}
          {chosen.length > 0 && <span className="sr-only"> {chosen.length} chosen</span>}
        </Button>
      )}
    />
  );
}

/**
 * What is shown. Every choice lives in the address; what does not fit into the bar stands behind its last button. The
 * severities always have their words: where room is short, the other filters give way to them.
 */
export function FilterBar({ view, facets, onChange }: FilterProps) {
  const severityCounts = new Map(facets?.severity.map(({ value, alerts }) => [value, alerts]));
  return (
    <div className="scroll-quiet flex shrink-0 items-center gap-1.5 overflow-x-auto px-4 py-3 @2xl:px-6 [scrollbar-width:none]">
      <SearchField
        value={view.q}
        onCommit={(q) => onChange({ q })}
        // Where there is no room for it, it stands in the sheet of filters.
        className="w-32 min-w-24 max-md:hidden"
      />
      <fieldset aria-label="Severity" className="flex shrink-0 gap-1.5">
        {WORST_FIRST.map((severity) => (
          <SeverityChip
            key={severity}
            severity={severity}
            count={severityCounts.get(severity)}
            isOn={view.severity.includes(severity)}
            onToggle={() => onChange({ severity: toggled(view.severity, severity) })}
          />
        ))}
      </fieldset>
      <div className="hidden gap-1.5 @min-[52rem]:flex">
        {COMMON_FACETS.map((facet) => (
          <FacetMenu key={facet} facet={facet} view={view} facets={facets} onChange={onChange} />
        ))}
      </div>
      <MoreFilters view={view} facets={facets} onChange={onChange} />
    </div>
  );
}
