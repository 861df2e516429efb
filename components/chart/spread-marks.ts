type Block = { total: number; count: number };
type Spread = { readonly gap: number; readonly from: number; readonly to: number };

/**
 * Places in ascending order moved apart so that each is at least `gap` from the next, and none further from where it
 * was than it takes: several alerts of one moment stand beside each other around it instead of on top of each other.
 * None leaves `from`…`to`, which must have room for all of them.
 */
export function spreadApart(places: readonly number[], { gap, from, to }: Spread): number[] {
  // Less its own gaps, a row of places that must ascend by `gap` is one that must not fall: neighbours that would are
  // pooled at their mean (the pool-adjacent-violators algorithm).
  const blocks: Block[] = [];
  for (const [index, place] of places.entries()) {
    let block: Block = { total: place - index * gap, count: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.total / last.count <= block.total / block.count) break;
      blocks.pop();
      block = { total: last.total + block.total, count: last.count + block.count };
    }
    blocks.push(block);
  }
  // Held within the bounds the levels still ascend.
  const last = to - (places.length - 1) * gap;
  return blocks
    .flatMap(({ total, count }) => Array.from({ length: count }, () => total / count))
    .map((level, index) => Math.max(from, Math.min(level, last)) + index * gap);
}
