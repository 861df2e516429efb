import { type VariantProps, cva } from 'class-variance-authority';
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useEffect } from 'react';
import { toasts } from '../../hooks/toasts.ts';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';
import { useReturnFocus } from './return-focus.ts';

const sheetVariants = cva(
  'fixed z-50 flex flex-col bg-background outline-none duration-150 data-[state=open]:animate-in data-[state=closed]:animate-out',
  {
    variants: {
      side: {
        left: 'inset-y-0 left-0 w-[17rem] max-w-[85vw] border-r data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left',
        right:
          'inset-y-0 right-0 w-[26rem] max-w-full border-l data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right',
        bottom:
          'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-xl border-t data-[state=closed]:slide-out-to-bottom data-[state=open]:slide-in-from-bottom',
      },
    },
    defaultVariants: { side: 'right' },
  },
);

export type SheetProps = VariantProps<typeof sheetVariants> & {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Named for screen readers; the content shows its own heading. */
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
};

/** The first field would open the keyboard of a phone over what the reader came to see. */
function focusWhole(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** A toast over the sheet is answered without leaving the sheet. */
function keepOpenForToast(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]') !== null) event.preventDefault();
}

/** A pane that slides over the page, dimmed behind it; Esc and a click outside close it. Loaded by `LazySheet`. */
export default function Sheet({ open, onOpenChange, title, side, className, children }: SheetProps) {
  const { onOpenAutoFocus, onCloseAutoFocus } = useReturnFocus();
  useEffect(() => (open && side === 'bottom' ? toasts.sheetOpened() : undefined), [open, side]);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-scrim duration-150 data-[state=closed]:animate-out data-[state=closed]:fade-out data-[state=open]:animate-in data-[state=open]:fade-in" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            onOpenAutoFocus();
            focusWhole(event);
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          onInteractOutside={keepOpenForToast}
          className={cn(sheetVariants({ side }), className)}
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          {children}
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
