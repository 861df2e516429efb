import { useQuery } from '@tanstack/react-query';
import type { AlertView } from '../../hooks/alert-view.ts';
import { queries } from '../../hooks/browser-api.ts';
import type { ViewChange } from './facets.ts';
import { FilterBar } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';

type FiltersProps = { readonly view: AlertView; readonly onChange: (change: ViewChange) => void };

/** The filters with their counts. They read these themselves: the list is not drawn again when counts come. */
export function Filters({ view, onChange }: FiltersProps) {
  const facets = useQuery(queries.facets(view.tab, view)).data;
  return (
    <>
      <FilterBar view={view} facets={facets} onChange={onChange} />
      <FilterChips view={view} facets={facets} onChange={onChange} />
    </>
  );
}
