import type { ReactNode } from 'react';
import { Popover } from '../ui/popover.tsx';
import { OTHER_FACETS } from './facets.ts';
import type { FilterProps } from './filter-bar.tsx';
import FilterPanel from './filter-panel.tsx';

type FilterPopoverProps = FilterProps & {
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
};

/** The rarer filters under their button. Loaded when the pointer or the focus comes near it. */
export default function FilterPopover({ trigger, isOpen, onOpenChange, ...filter }: FilterPopoverProps) {
  return (
    <Popover label="More filters" className="w-[38rem] p-4" {...{ trigger, isOpen, onOpenChange }}>
      <FilterPanel {...filter} shown={OTHER_FACETS} />
    </Popover>
  );
}
