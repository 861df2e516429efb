import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { AlertView } from '../../hooks/alert-view.ts';
import { queries } from '../../hooks/browser-api.ts';
import type { ViewChange } from './facets.ts';
import { FilterBar } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';

type FiltersProps = {
  readonly view: AlertView;
  readonly onChange: (change: ViewChange) => void;
  readonly onClear: () => void;
};

/** The filters with their counts. They read these themselves: neither list nor filters are drawn again for the other. */
export const Filters = memo(function Filters({ view, onChange, onClear }: FiltersProps) {
  const facets = useQuery(queries.facets(view.tab, view)).data;
  return (
    <>
      <FilterBar view={view} facets={facets} onChange={onChange} />
      <FilterChips view={view} facets={facets} onChange={onChange} onClear={onClear} />
    </>
  );
});
