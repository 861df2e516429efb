import { WORST_FIRST } from '../../contracts/alert-words.ts';
import { CheckRow } from '../ui/check-row.tsx';
import { Count } from '../ui/menu.tsx';
import { SEVERITY_WORDS } from '../words/market-words.ts';
import { FACETS, toggled } from './facets.ts';
import type { FilterProps } from './filter-bar.tsx';
import FilterPanel, { Section } from './filter-panel.tsx';
import { SearchField } from './search-field.tsx';
import { SeverityMark } from './severity-mark.tsx';

/** All filters of a narrow screen, with the search and the severities that its bar has no room for. */
export default function FilterSheet(props: FilterProps) {
  const { view, facets, onChange } = props;
  return (
    <div className="scroll-quiet min-h-0 flex-1 overflow-y-auto px-4 pt-4 pb-6">
      <h2 className="mb-3 text-base font-semibold">Filters</h2>
      <SearchField value={view.q} onCommit={(q) => onChange({ q })} className="mb-4" />
      <div className="mb-4">
        <Section title="Severity">
          {WORST_FIRST.map((severity) => (
            <CheckRow
              key={severity}
              type="checkbox"
              label={SEVERITY_WORDS[severity]}
              isChecked={view.severity.includes(severity)}
              onChange={() => onChange({ severity: toggled(view.severity, severity) })}
            >
              <SeverityMark severity={severity} silent className="size-3" />
              <Count count={facets?.severity.find(({ value }) => value === severity)?.alerts} />
            </CheckRow>
          ))}
        </Section>
      </div>
      <FilterPanel {...props} shown={FACETS} />
    </div>
  );
}
