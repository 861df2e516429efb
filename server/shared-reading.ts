import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';

/**
 * One reading for everybody who asks at about the same time: a thousand desks that come back together cost one.
 *
 * A reading stands for `maxAgeMs`, but never beyond a move of the watermark that this process knows or beyond
 * `validUntilMs`; so nobody is given less than was known when they asked. One reading runs at a time: who asks
 * while it runs takes it if it turns out new enough, and otherwise shares the next. A failed one is not kept.
 */
export function createSharedReading<Value extends Watermark>(options: {
  readonly read: () => Promise<Value>;
  readonly watermark: () => Watermark;
  /** When what is read now becomes wrong by itself, in the milliseconds of `now`. */
  readonly validUntilMs: () => number;
  readonly maxAgeMs: number;
  readonly now: () => number;
}) {
  type Reading = { readonly value: Value; readonly untilMs: number };
  let standing: Reading | undefined;
  let running: Promise<Reading> | undefined;

  const isEnough = ({ value, untilMs }: Reading, wanted: Watermark, atMs: number): boolean => {
    const relation = compareWatermarks(value, wanted);
    return (relation === 'same' || relation === 'ahead') && atMs < untilMs;
  };

  async function readOnce(): Promise<Reading> {
    const untilMs = Math.min(options.now() + options.maxAgeMs, options.validUntilMs());
    standing = { value: await options.read(), untilMs };
    return standing;
  }

  function start(): Promise<Reading> {
    running = readOnce().finally(() => {
      running = undefined;
    });
    return running;
  }

  return async function get(): Promise<Value> {
    const wanted = options.watermark();
    const askedAtMs = options.now();
    if (standing !== undefined && isEnough(standing, wanted, askedAtMs)) return standing.value;
    if (running === undefined) return (await start()).value;
    const reading = await running;
    if (isEnough(reading, wanted, askedAtMs)) return reading.value;
    return (await (running ?? start())).value;
  };
}
