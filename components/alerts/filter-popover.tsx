import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
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
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="More filters"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="scroll-quiet z-40 max-h-(--radix-popover-content-available-height) w-[38rem] max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-rule-strong bg-panel p-4 shadow-lg outline-none duration-100 data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          <FilterPanel {...filter} shown={OTHER_FACETS} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
