import type { SettingsChange } from './settings-history.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Equal as JSON, whatever the order of keys: PostgreSQL keeps objects in an order of its own. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  if (isFields(left) && isFields(right)) return changesBetween(left, right).length === 0;
  return Object.is(left, right);
}

/** The fields in which two settings differ, by their dotted path; lists are compared as wholes. */
export function changesBetween(before: Fields, after: Fields, path = ''): SettingsChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): SettingsChange[] => {
    const field = `${path}${name}`;
    const [old, next] = [before[name], after[name]];
    if (isFields(old) && isFields(next)) return changesBetween(old, next, `${field}.`);
    if (isSame(old, next)) return [];
    return [{ field, ...(old === undefined ? {} : { before: old }), ...(next === undefined ? {} : { after: next }) }];
  });
}
