import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

export const Menu = DropdownMenu.Root;
export const MenuTrigger = DropdownMenu.Trigger;
export const MenuRadioGroup = DropdownMenu.RadioGroup;

const itemClasses =
  'flex h-8 items-center gap-2 rounded-sm px-2 text-body outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover';

export function MenuContent({ className, ...props }: ComponentProps<typeof DropdownMenu.Content>) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        align="start"
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'scroll-quiet z-50 max-h-[min(24rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded-md border border-rule-strong bg-panel p-1 shadow-lg duration-100 data-[state=open]:animate-in data-[state=open]:fade-in',
          className,
        )}
        {...props}
      />
    </DropdownMenu.Portal>
  );
}

function Tick() {
  return (
    <span className="flex size-4 items-center justify-center">
      <DropdownMenu.ItemIndicator>
        <Check className="size-4 text-accent" aria-hidden />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}

type MenuCheckProps = {
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
  readonly children: ReactNode;
};

/** One of several choices; the menu stays open, as a second choice often follows. */
export function MenuCheck({ checked, onCheckedChange, children }: MenuCheckProps) {
  return (
    <DropdownMenu.CheckboxItem
      className={itemClasses}
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
    >
      <Tick />
      <span className="truncate">{children}</span>
    </DropdownMenu.CheckboxItem>
  );
}

export function MenuRadio({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  return (
    <DropdownMenu.RadioItem className={itemClasses} value={value}>
      <Tick />
      {children}
    </DropdownMenu.RadioItem>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={cn(itemClasses, className)} {...props} />;
}
