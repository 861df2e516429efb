/** Up to so many entries a plain copy is the cheapest. */
const MAX_PLAIN = 64;
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
  if (map.size >= MAX_PLAIN) return SharedMap.from(map).with(key, value);
  const next = new Map(map);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
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
