import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const fieldClasses =
  'min-w-0 rounded-md border border-rule-strong bg-panel px-3 text-body text-ink placeholder:text-secondary focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0';

export function Input({ className = 'h-8 w-full', ...props }: ComponentProps<'input'>) {
  return <input className={cn(fieldClasses, className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(fieldClasses, 'w-full resize-none py-2', className)} {...props} />;
}
