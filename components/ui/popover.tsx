import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

type PopoverProps = {
  readonly label: string;
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Its width and its inner room. */
  readonly className: string;
  readonly children: ReactNode;
};

/** Something to choose from under its button, while the page stays in reach. Esc and a click beside it close it. */
export function Popover({ label, trigger, isOpen, onOpenChange, className, children }: PopoverProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            'scroll-quiet z-40 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-rule-strong bg-panel shadow-lg outline-none duration-100 data-[state=open]:animate-in data-[state=open]:fade-in',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
