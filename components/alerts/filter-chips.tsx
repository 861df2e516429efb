import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AlertFacets } from '../../contracts/alert-facets.ts';
import { Clock } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { FACETS, FACET_WORDS, type Facet, type ViewChange, toggleFacet, valueWords, windowWords } from './facets.ts';
import type { FilterProps } from './filter-bar.tsx';

function Chip({ onRemove, children }: { readonly onRemove: () => void; readonly children: ReactNode }) {
  return (
    <Button variant="chip" data-on size="quiet" className="max-w-full" onClick={onRemove}>
      <span className="sr-only">Remove the filter </span>
      <span className="min-w-0 truncate">{children}</span>
      <X className="size-3.5! text-secondary" aria-hidden />
    </Button>
  );
}

function isUnknown(facet: Facet, value: string, facets: AlertFacets | undefined): boolean {
  if (facet === 'type' || facet === 'market') return false;
  return facets?.unknown[facet].includes(value) ?? false;
}

type Single = { readonly key: string; readonly words: ReactNode; readonly removal: ViewChange };

function singles({ view }: Pick<FilterProps, 'view'>): Single[] {
  const range = (key: 'kickoffFrom' | 'kickoffTo' | 'from' | 'to', words: string): Single[] => {
    const at = view[key];
    if (at === null) return [];
    const text = (
      <>
        {words} <Clock at={at} />
      </>
    );
    return [{ key, words: text, removal: { [key]: null } }];
  };
  const { kickoffWithin, detectedWithin, muted } = view;
  return [
    ...(kickoffWithin === null
      ? []
      : [
          {
            key: 'kickoffWithin',
            words: `Kickoff in the next ${windowWords(kickoffWithin)}`,
            removal: { kickoffWithin: null },
          },
        ]),
    ...range('kickoffFrom', 'Kickoff from'),
    ...range('kickoffTo', 'Kickoff before'),
    ...(detectedWithin === null
      ? []
      : [
          {
            key: 'detectedWithin',
            words: `Detected in the last ${windowWords(detectedWithin)}`,
            removal: { detectedWithin: null },
          },
        ]),
    ...range('from', 'Detected from'),
    ...range('to', 'Detected before'),
    ...(muted === null ? [] : [{ key: 'muted', words: muted ? 'Only muted' : 'Not muted', removal: { muted: null } }]),
  ];
}

/** The filters in force that the bar does not spell out, each to be removed by itself; nothing where there is none. */
export function FilterChips({ view, facets, onChange, onClear }: FilterProps & { readonly onClear: () => void }) {
  const named = FACETS.flatMap((facet) => view[facet].map((value) => ({ facet, value })));
  const others = singles({ view });
  const words = view.q.trim();
  const isOnlySearch = named.length + others.length === 0;
  if (isOnlySearch && words === '') return null;
  return (
    <div
      role="group"
      aria-label="Filters in force"
      className={cn('flex shrink-0 flex-wrap gap-1.5 px-4 pb-3 @2xl:px-6', isOnlySearch && 'md:hidden')}
    >
      {/* A wider bar has the field itself. */}
      {words !== '' && (
        <span className="contents md:hidden">
          <Chip onRemove={() => onChange({ q: '' })}>
            <span className="text-secondary">Search:</span> <bdi>{words}</bdi>
          </Chip>
        </span>
      )}
      {named.map(({ facet, value }) => (
        <Chip key={`${facet} ${value}`} onRemove={() => onChange(toggleFacet(view, facet, value))}>
          <span className="text-secondary">{FACET_WORDS[facet]}:</span> <bdi>{valueWords(facet, value)}</bdi>
          {isUnknown(facet, value, facets) && <span className="text-elevated-ink"> (unknown to the desk)</span>}
        </Chip>
      ))}
      {others.map(({ key, words, removal }) => (
        <Chip key={key} onRemove={() => onChange(removal)}>
          {words}
        </Chip>
      ))}
      {/* Over a wide list it stands beside the order; a phone has no room for it there. */}
      <span className="@2xl:hidden">
        <Button variant="ghost" size="quiet" onClick={onClear}>
          Clear
        </Button>
      </span>
    </div>
  );
}
