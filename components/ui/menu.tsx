import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

export type Choice = {
  readonly value: string;
  readonly words: string;
  /** How many there are of it. */
  readonly count?: number | undefined;
};

export type MenuProps = {
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly align?: 'start' | 'end';
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  /** `one` closes with the choice; `several` stays, as a second choice often follows. */
  readonly takes: 'one' | 'several';
  readonly onChoose: (value: string) => void;
};

const grouped = new Intl.NumberFormat('en-GB');

const itemClasses =
  'flex h-8 items-center gap-2 rounded-sm px-2 text-body outline-none select-none data-[highlighted]:bg-hover';

function Tick() {
  return (
    <span className="flex size-4 items-center justify-center">
      <DropdownMenu.ItemIndicator>
        <Check className="size-4 text-accent" aria-hidden />
      </DropdownMenu.ItemIndicator>
    </span>
  );
}

/** Its place is kept, so that nothing moves as numbers grow. */
export function Count({ count }: { readonly count: number | undefined }) {
  if (count === undefined) return null;
  return <span className="ml-auto min-w-[5ch] shrink-0 pl-3 text-right text-secondary">{grouped.format(count)}</span>;
}

function Several({ choices, chosen, onChoose }: Pick<MenuProps, 'choices' | 'chosen' | 'onChoose'>) {
  return choices.map(({ value, words, count }) => (
    <DropdownMenu.CheckboxItem
      key={value}
      className={itemClasses}
      checked={chosen.includes(value)}
      onCheckedChange={() => onChoose(value)}
      onSelect={(event) => event.preventDefault()}
    >
      <Tick />
      <span className="truncate">{words}</span>
      <Count count={count} />
    </DropdownMenu.CheckboxItem>
  ));
}

function One({ choices, chosen, onChoose }: Pick<MenuProps, 'choices' | 'chosen' | 'onChoose'>) {
  return (
    <DropdownMenu.RadioGroup value={chosen[0] ?? ''} onValueChange={onChoose}>
      {choices.map(({ value, words }) => (
        <DropdownMenu.RadioItem key={value} className={itemClasses} value={value}>
          <Tick />
          {words}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

/** A list of choices that drops from its trigger. Loaded by `ChoiceMenu` when it is wanted. */
export default function Menu({ trigger, isOpen, onOpenChange, align = 'start', takes, ...list }: MenuProps) {
  return (
    <DropdownMenu.Root open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="scroll-quiet z-50 max-h-[min(24rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 overflow-y-auto rounded-md border border-rule-strong bg-panel p-1 shadow-lg duration-100 data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          {list.choices.length === 0 && <p className="px-2 py-1.5 text-secondary">Nothing to choose yet</p>}
          {takes === 'several' ? <Several {...list} /> : <One {...list} />}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
