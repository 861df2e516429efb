/** Random numbers that are the same for the same seed, on every machine. */
export type DemoRandom = {
  /** In [0, 1). */
  readonly next: () => number;
  readonly between: (least: number, most: number) => number;
  /** A whole number from 0 below `count`. */
  readonly below: (count: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly chance: (probability: number) => boolean;
  /** Waiting time of a Poisson process with this mean. */
  readonly exponential: (mean: number) => number;
  /** Standard normal. */
  readonly normal: () => number;
};

/** FNV-1a over the seed's characters, spread into four words. */
function seedWords(seed: string): [number, number, number, number] {
  const words: number[] = [];
  for (let word = 0; word < 4; word += 1) {
    let hash = 2_166_136_261 ^ (word * 0x9e3779b9);
    for (let index = 0; index < seed.length; index += 1) hash = Math.imul(hash ^ seed.charCodeAt(index), 16_777_619);
    words.push(hash >>> 0);
  }
  return words as [number, number, number, number];
}

/** The sfc32 generator (PractRand, Chris Doty-Humphrey): 32-bit arithmetic only, so exact in JavaScript. */
export function createRandom(seed: string): DemoRandom {
  let [a, b, c, counter] = seedWords(seed);
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // The first numbers still show the seed.
  for (let round = 0; round < 12; round += 1) next();

  return {
    next,
    between: (least, most) => least + (most - least) * next(),
    below: (count) => Math.floor(next() * count),
    pick: <Item>(items: readonly Item[]): Item => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('expected something to pick from');
      return item;
    },
    chance: (probability) => next() < probability,
    exponential: (mean) => -mean * Math.log(1 - next()),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
