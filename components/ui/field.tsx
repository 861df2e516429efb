import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const fieldClasses =
  'w-full min-w-0 rounded-md border border-rule-strong bg-panel px-3 text-body text-ink placeholder:text-secondary focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(fieldClasses, 'h-8', className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(fieldClasses, 'resize-none py-2', className)} {...props} />;
}
