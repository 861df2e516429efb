import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Our own font sizes look like colours to tailwind-merge until it is told.
const merge = extendTailwindMerge({ extend: { classGroups: { 'font-size': [{ text: ['quiet', 'body', 'title'] }] } } });

/** Joins class names; of two that set the same property the later one wins. */
export const cn = (...values: ClassValue[]): string => merge(clsx(values));
