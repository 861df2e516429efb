import { z } from 'zod';

const ITEMS = { least: 1, most: 100 } as const;

/** A parameter of several words of a fixed list: repeated (`severity=critical&severity=elevated`) or comma-separated. */
export function listOf<Item extends z.ZodType>(item: Item) {
  const split = (value: unknown): unknown =>
    value === undefined
      ? undefined
      : [value].flat().flatMap((part) => (typeof part === 'string' ? part.split(',') : part));
  return z.preprocess(split, z.array(item).min(ITEMS.least).max(ITEMS.most).optional());
}

/** A parameter of several names as feeds write them, commas and all: repeated (`league=Serie A&league=Cup, Women`). */
export function namesOf<Name extends z.ZodType>(name: Name) {
  const gathered = (value: unknown): unknown => (value === undefined ? undefined : [value].flat());
  return z.preprocess(gathered, z.array(name).min(ITEMS.least).max(ITEMS.most).optional());
}
