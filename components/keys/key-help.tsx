import { Dialog } from 'radix-ui';
import { X } from 'lucide-react';
import { KEYMAP, keyCaps } from '../../hooks/keymap.ts';
import { useAvailableCommands } from '../../hooks/use-key-commands.ts';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { useReturnFocus } from '../ui/return-focus.ts';

const SECTIONS = ['Move', 'Act', 'Desk', 'Go to'] as const;

type KeyHelpProps = { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

/** Every key, what it does, and whether it does it on this page. Loaded when it is asked for. */
export default function KeyHelp({ isOpen, onOpenChange }: KeyHelpProps) {
  const available = useAvailableCommands();
  const focus = useReturnFocus();
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-scrim duration-150 data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Dialog.Content
          {...focus}
          aria-describedby={undefined}
          className="scroll-quiet fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[40rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-rule-strong bg-panel p-5 shadow-xl outline-none duration-150 data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          <Dialog.Title className="text-base font-semibold">Keys</Dialog.Title>
          <div className="mt-3 grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {SECTIONS.map((section) => (
              <section key={section} aria-labelledby={`keys-${section}`}>
                <h3 id={`keys-${section}`} className="mb-1 text-quiet font-medium text-secondary">
                  {section}
                </h3>
                <dl>
                  {KEYMAP.filter((binding) => binding.section === section).map((binding) => (
                    <div
                      key={binding.command}
                      className={cn(
                        'flex min-h-7.5 items-center justify-between gap-3 border-t',
                        !available.has(binding.command) && 'text-secondary',
                      )}
                    >
                      <dt className="order-last flex shrink-0 gap-1">
                        {keyCaps(binding).map((cap) => (
                          <kbd
                            key={cap}
                            className="min-w-5.5 rounded-sm border border-rule-strong px-1.5 text-center font-sans text-quiet font-medium"
                          >
                            {cap}
                          </kbd>
                        ))}
                      </dt>
                      <dd>
                        {binding.words}
                        {!available.has(binding.command) && <span className="sr-only">, not now</span>}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <p className="mt-4 text-quiet text-secondary">Keys in grey do nothing here at this moment.</p>
          <Dialog.Close asChild>
            <Button variant="ghost" size="icon" className="absolute top-2.5 right-2.5" aria-label="Close">
              <X />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
