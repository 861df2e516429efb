import { type ReactNode, useId } from 'react';
import { DETECTED_WINDOWS, KICKOFF_WINDOWS } from '../../contracts/alert-windows.ts';
import { CheckRow } from '../ui/check-row.tsx';
import { Count } from '../ui/menu.tsx';
import { FACET_WORDS, type Facet, type ViewChange, facetChoices, toggleFacet, windowWords } from './facets.ts';
import type { FilterProps } from './filter-bar.tsx';
import { InstantField } from './instant-field.tsx';

/** A filter under its name. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-quiet font-medium text-secondary">{title}</legend>
      {children}
    </fieldset>
  );
}

function FacetSection({ facet, view, facets, onChange }: FilterProps & { readonly facet: Facet }) {
  const choices = facetChoices(facet, facets, view[facet]);
  return (
    <Section title={FACET_WORDS[facet]}>
      <div className="scroll-quiet max-h-52 overflow-y-auto">
        {choices.length === 0 && <p className="py-1 text-secondary">No alert here names one.</p>}
        {choices.map(({ value, words, count }) => (
          <CheckRow
            key={value}
            type="checkbox"
            label={words}
            isChecked={(view[facet] as readonly string[]).includes(value)}
            onChange={() => onChange(toggleFacet(view, facet, value))}
          >
            <Count count={count} />
          </CheckRow>
        ))}
      </div>
    </Section>
  );
}

type WindowSectionProps = {
  readonly title: string;
  readonly windows: readonly number[];
  readonly counts: readonly { readonly minutes: number; readonly alerts: number }[] | undefined;
  readonly within: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly words: (minutes: number) => string;
  readonly onWithin: (minutes: number | null) => void;
  readonly onFrom: (instant: string | null) => void;
  readonly onTo: (instant: string | null) => void;
};

/** A window that moves along with the clock, or a range of fixed instants. */
function WindowSection(props: WindowSectionProps) {
  const { title, windows, counts, within, from, to, words, onWithin, onFrom, onTo } = props;
  const name = useId();
  const offered = within === null || windows.includes(within) ? windows : [...windows, within];
  return (
    <Section title={title}>
      <CheckRow
        type="radio"
        name={name}
        label="Any time"
        isChecked={within === null && from === null && to === null}
        onChange={() => onWithin(null)}
      />
      {offered.map((minutes) => (
        <CheckRow
          key={minutes}
          type="radio"
          name={name}
          label={words(minutes)}
          isChecked={within === minutes}
          onChange={() => onWithin(minutes)}
        >
          <Count count={counts?.find((each) => each.minutes === minutes)?.alerts} />
        </CheckRow>
      ))}
      <div className="mt-1 grid gap-1">
        <InstantField label={`${title} from`} words="from" value={from} onCommit={onFrom} />
        <InstantField label={`${title} before`} words="before" value={to} onCommit={onTo} />
      </div>
    </Section>
  );
}

const KICKOFF_ANY: ViewChange = { kickoffWithin: null, kickoffFrom: null, kickoffTo: null };
const DETECTED_ANY: ViewChange = { detectedWithin: null, from: null, to: null };

/** Filters with how many alerts each choice would leave. Loaded when it is first opened. */
export default function FilterPanel(props: FilterProps & { readonly shown: readonly Facet[] }) {
  const { view, facets, onChange, shown } = props;
  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <WindowSection
        title="Kickoff"
        windows={KICKOFF_WINDOWS}
        counts={facets?.kickoffWithin}
        within={view.kickoffWithin}
        from={view.kickoffFrom}
        to={view.kickoffTo}
        words={(minutes) => `In the next ${windowWords(minutes)}`}
        onWithin={(kickoffWithin) => onChange({ ...KICKOFF_ANY, kickoffWithin })}
        onFrom={(kickoffFrom) => onChange({ kickoffWithin: null, kickoffFrom })}
        onTo={(kickoffTo) => onChange({ kickoffWithin: null, kickoffTo })}
      />
      <WindowSection
        title="Detected"
        windows={DETECTED_WINDOWS}
        counts={facets?.detectedWithin}
        within={view.detectedWithin}
        from={view.from}
        to={view.to}
        words={(minutes) => `In the last ${windowWords(minutes)}`}
        onWithin={(detectedWithin) => onChange({ ...DETECTED_ANY, detectedWithin })}
        onFrom={(from) => onChange({ detectedWithin: null, from })}
        onTo={(to) => onChange({ detectedWithin: null, to })}
      />
      {shown.map((facet) => (
        <FacetSection key={facet} facet={facet} view={view} facets={facets} onChange={onChange} />
      ))}
      <Section title="Muted">
        <CheckRow
          type="checkbox"
          label="Only muted"
          isChecked={view.muted === true}
          onChange={() => onChange({ muted: view.muted === true ? null : true })}
        >
          <Count count={facets?.muted} />
        </CheckRow>
      </Section>
    </div>
  );
}
