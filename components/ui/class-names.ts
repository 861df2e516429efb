import { type ClassValue, clsx } from 'clsx';

/**
 * Joins class names. Nothing is merged: a component leaves to its caller what the caller may set, because the
 * usual merging library weighs more than all other class handling together.
 */
export const cn = (...values: ClassValue[]): string => clsx(values);
