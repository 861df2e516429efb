type Block = { total: number; count: number };

/**
 * Places in ascending order moved apart so that each is at least `gap` from the next, and none further from where it
 * was than it takes: several alerts of one moment stand beside each other around it instead of on top of each other.
 */
export function spreadApart(places: readonly number[], gap: number): number[] {
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
  return blocks
    .flatMap(({ total, count }) => Array.from({ length: count }, () => total / count))
    .map((level, index) => level + index * gap);
}
