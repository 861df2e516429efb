/**
 * What a record says under a name that came from outside; undefined under the names of what every object has. To be
 * asked for instead of `record[name]`: a book may be called "constructor".
 */
export const namedIn = <Value>(record: { readonly [name: string]: Value }, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** The record with one more name, whatever it is: an assignment to "__proto__" would be lost. */
export const withNamed = <Value>(
  record: { readonly [name: string]: Value },
  name: string,
  value: Value,
): { readonly [name: string]: Value } => ({ ...record, [name]: value });

/** The record without some names; the same one without any. */
export function withoutNames<Value>(
  record: { readonly [name: string]: Value },
  names: readonly string[],
): { readonly [name: string]: Value } {
  if (names.length === 0) return record;
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}
