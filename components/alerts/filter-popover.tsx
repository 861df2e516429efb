import type { ReactNode } from 'react';
import { Popover } from '../ui/popover.tsx';
import type { Facet } from './facets.ts';
import type { FilterProps } from './filter-bar.tsx';
import FilterPanel from './filter-panel.tsx';

type FilterPopoverProps = FilterProps & {
  readonly label: string;
  /** Those for which the bar has no room. */
  readonly shown: readonly Facet[];
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
};

/** Filters that the bar has no room for, under their button. Loaded when the pointer or the focus comes near it. */
export default function FilterPopover({ label, trigger, isOpen, onOpenChange, ...filter }: FilterPopoverProps) {
  return (
    <Popover className="w-[38rem] p-4" {...{ label, trigger, isOpen, onOpenChange }}>
      <FilterPanel {...filter} />
    </Popover>
  );
}
