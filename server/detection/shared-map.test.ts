import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withEntry } from './shared-map.ts';

const change = fc.record({
  key: fc.integer({ min: 0, max: 150 }).map((line) => `book|over_under|${line / 4}`),
  value: fc.option(fc.integer(), { nil: undefined }),
});

test('[DET209] a map with an entry set or deleted is what a copy would be, and the one before stays as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 130 }), fc.array(change, { maxLength: 60 }), (size, changes) => {
      const model = new Map(Array.from({ length: size }, (_, line) => [`book|over_under|${line / 4}`, -1 - line]));
      let map: ReadonlyMap<string, number> = new Map(model);
      for (const { key, value } of changes) {
        const before = map;
        const entries = new Map(before);
        map = withEntry(before, key, value);
        expect(new Map(before)).toEqual(entries);
        if (value === undefined) model.delete(key);
        else model.set(key, value);
        expect([map.size, map.get(key), map.has(key)]).toEqual([model.size, model.get(key), model.has(key)]);
      }
      expect(new Map(map)).toEqual(model);
      expect(new Set(map.keys())).toEqual(new Set(model.keys()));
      expect([...map.values()].toSorted()).toEqual([...model.values()].toSorted());
      const visited = new Map<string, number>();
      map.forEach((value, key) => visited.set(key, value));
      expect(visited).toEqual(model);
    }),
  );
});
