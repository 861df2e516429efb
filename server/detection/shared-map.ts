/** Up to so many entries a copy of them all is the cheapest. */
const MAX_SMALL = 64;
const SHARDS = 128;

/**
 * A map with one entry set, or deleted where the value is undefined. The one that is given stays as it was and shares
 * what did not change: of a match with thousands of lines a change copies some tens of entries.
 */
export function withEntry<Value>(
  map: ReadonlyMap<string, Value>,
  key: string,
  value: Value | undefined,
): ReadonlyMap<string, Value> {
  if (value === undefined && !map.has(key)) return map;
  if (map instanceof SharedMap) return (map as SharedMap<Value>).with(key, value);
  if (map.size >= MAX_SMALL) return SharedMap.from(map).with(key, value);
  return (map instanceof SmallMap ? (map as SmallMap<Value>) : SmallMap.from(map)).with(key, value);
}

/**
 * Few entries in an array, and where each key stands in it. Most changes give a known key another value: then the keys
 * are shared and only the array is copied, some twenty times as fast as a map.
 */
class SmallMap<Value> implements ReadonlyMap<string, Value> {
  readonly #places: ReadonlyMap<string, number>;
  readonly #entries: readonly [string, Value][];

  private constructor(places: ReadonlyMap<string, number>, entries: readonly [string, Value][]) {
    this.#places = places;
    this.#entries = entries;
  }

  static from<Value>(map: Iterable<readonly [string, Value]>): SmallMap<Value> {
    const entries = Array.from(map, ([key, value]): [string, Value] => [key, value]);
    return new SmallMap(new Map(entries.map(([key], place) => [key, place])), entries);
  }

  with(key: string, value: Value | undefined): SmallMap<Value> {
    const place = this.#places.get(key);
    if (value === undefined) return SmallMap.from(this.#entries.filter(([known]) => known !== key));
    if (place === undefined) {
      return new SmallMap(new Map(this.#places).set(key, this.size), [...this.#entries, [key, value]]);
    }
    const entries = this.#entries.slice();
    entries[place] = [key, value];
    return new SmallMap(this.#places, entries);
  }

  get size(): number {
    return this.#entries.length;
  }

  get(key: string): Value | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#entries[place]?.[1];
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  forEach(visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this.#entries) visit(value, key, this);
  }

  entries(): MapIterator<[string, Value]> {
    return this.#entries.values();
  }

  keys(): MapIterator<string> {
    return this.#places.keys();
  }

  values(): MapIterator<Value> {
    return this.#entries.map(([, value]) => value).values();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.#entries.values();
  }
}

class SharedMap<Value> implements ReadonlyMap<string, Value> {
  readonly #shards: readonly (ReadonlyMap<string, Value> | undefined)[];
  readonly size: number;

  private constructor(shards: readonly (ReadonlyMap<string, Value> | undefined)[], size: number) {
    this.#shards = shards;
    this.size = size;
  }

  static from<Value>(map: ReadonlyMap<string, Value>): SharedMap<Value> {
    const shards: (Map<string, Value> | undefined)[] = Array.from({ length: SHARDS });
    for (const [key, value] of map) (shards[shardOf(key)] ??= new Map()).set(key, value);
    return new SharedMap(shards, map.size);
  }

  with(key: string, value: Value | undefined): SharedMap<Value> {
    const at = shardOf(key);
    const shard = new Map(this.#shards[at]);
    const sizeBefore = shard.size;
    if (value === undefined) shard.delete(key);
    else shard.set(key, value);
    const shards = this.#shards.slice();
    shards[at] = shard;
    return new SharedMap(shards, this.size + shard.size - sizeBefore);
  }

  get(key: string): Value | undefined {
    return this.#shards[shardOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.#shards[shardOf(key)]?.has(key) === true;
  }

  forEach(visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this) visit(value, key, this);
  }

  *entries(): MapIterator<[string, Value]> {
    for (const shard of this.#shards) if (shard !== undefined) yield* shard.entries();
  }

  *keys(): MapIterator<string> {
    for (const shard of this.#shards) if (shard !== undefined) yield* shard.keys();
  }

  *values(): MapIterator<Value> {
    for (const shard of this.#shards) if (shard !== undefined) yield* shard.values();
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}

/** FNV-1a over the end of a key, which is where the keys of a match differ. */
function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = Math.max(0, key.length - 12); index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 8) % SHARDS;
}
