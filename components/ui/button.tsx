import { type VariantProps, cva } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const buttonVariants = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium transition-colors duration-100 select-none disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-ink text-panel hover:bg-ink/88',
        outline: 'border border-rule-strong bg-panel text-ink hover:bg-hover',
        // A finger has a place of 44 px around it.
        chip: 'relative px-2! border border-rule-strong bg-transparent text-ink hover:bg-hover data-[on=true]:border-transparent data-[on=true]:bg-chip pointer-coarse:after:absolute pointer-coarse:after:-inset-y-1.75 pointer-coarse:after:inset-x-0',
        ghost: 'text-secondary hover:bg-hover hover:text-ink',
        link: 'text-accent underline-offset-4 hover:underline',
      },
      size: {
        body: 'h-8 px-3 text-body',
        large: 'h-9 px-3.5 text-body',
        quiet: 'h-7 px-2.5 text-quiet',
        icon: 'size-8',
        iconSmall: 'size-7',
        bare: 'h-auto p-0',
      },
    },
    defaultVariants: { variant: 'outline', size: 'body' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & { readonly asChild?: boolean };

export function Button({ className, variant, size, asChild = false, type = 'button', ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) return <Slot.Root className={classes} {...props} />;
  return <button type={type} className={classes} {...props} />;
}
