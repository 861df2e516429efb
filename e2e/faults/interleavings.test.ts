import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Watermark, compareWatermarks } from '../../contracts/watermark.ts';
import { type DeskModel, createDeskModel } from './desk-model.ts';

/** `npm run soak` runs ten thousand. */
const RUNS = Number(process.env['LINEWATCH_MODEL_RUNS'] ?? 500);
/** A way back, a heartbeat, a refresh that read too early and one more behind it; plus the steps of each. */
const LEVEL_WITHIN_MS = 7_500;
/** The same for a connected tab without waiting for a heartbeat: by the poll of its node when nobody was notified. */
const PROMPT_WITHIN_MS = 3_200;
const STEPS_ON_THE_WAY = 6;
/** A stream that began with the last step has ended after this. */
const STREAM_MS = 5 * 60 * 60;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Name = 0 | 1;
const node = fc.constantFrom<Name>(0, 1);
const alerts = fc.integer({ min: 1, max: 5 });

class Step implements fc.AsyncCommand<object, DeskModel> {
  readonly name: string;
  readonly act: (world: DeskModel) => void;
  readonly thenMs: number;

  constructor(name: string, act: (world: DeskModel) => void, thenMs: number) {
    this.name = name;
    this.act = act;
    this.thenMs = thenMs;
  }

  check = (): boolean => true;
  toString = (): string => `${this.name} +${this.thenMs}ms`;

  async run(_reference: object, world: DeskModel): Promise<void> {
    this.act(world);
    await vi.advanceTimersByTimeAsync(this.thenMs);
    assertLevel(world);
  }
}

function assertLevel(world: DeskModel): void {
  expect(world.phantoms).toEqual([]);
  const stepsMs = STEPS_ON_THE_WAY * world.stepMs();
  assertNotOlder(world, world.calmSinceMs(), LEVEL_WITHIN_MS + stepsMs);
  assertNotOlder(world, world.liveSinceMs(), PROMPT_WITHIN_MS + stepsMs);
}

/** What was committed so long ago is on a screen that could have it all the while, and in its badge. */
function assertNotOlder(world: DeskModel, couldSinceMs: number | null, withinMs: number): void {
  const thenMs = Date.now() - withinMs;
  if (world.calmSinceMs() === null || couldSinceMs === null || couldSinceMs > thenMs) return;
  const [wanted, ...later] = world.store.since(thenMs);
  const level = world.level();
  if (level === null) throw new Error('nothing is on the screen of a tab that can reach the desk');
  const relation = compareWatermarks(level, wanted);
  const isLaterLife = later.some(({ epoch }) => epoch === level.epoch);
  if (relation === 'behind' || (relation === 'other_epoch' && !isLaterLife)) {
    throw new Error(`the screen shows ${describe(level)}; ${describe(wanted)} was committed ${withinMs} ms ago`);
  }
  const badge = world.badge();
  if (badge.kind === 'live' && ![wanted, ...later].some(({ fresh }) => fresh === badge.counts.new)) {
    throw new Error(`the badge says ${badge.counts.new}; ${wanted.fresh} was the number ${withinMs} ms ago`);
  }
}

const describe = ({ epoch, seq }: Watermark): string => `${seq} of ${epoch}`;

const pause = fc.oneof(fc.nat(20), fc.nat(400), fc.nat(6_000));
const weather = fc.record({
  wireMs: fc.oneof(fc.constant(1), fc.nat(50), fc.nat(700)),
  databaseMs: fc.oneof(fc.constant(0), fc.nat(20), fc.nat(200)),
  announceMs: fc.oneof(fc.constant(0), fc.nat(50)),
  notifyMs: fc.oneof(fc.constant(0), fc.nat(50)),
});

const step = (name: string, act: (world: DeskModel) => void) => pause.map((ms) => new Step(name, act, ms));
const STEPS = [
  fc
    .tuple(node, alerts, pause)
    .map(([index, count, ms]) => new Step(`commit ${count} on ${index}`, (world) => world.commit(index, count), ms)),
  fc.tuple(alerts, pause).map(
    ([count, ms]) =>
      new Step(
        `a stream of ${count * 60} commits`,
        (world) => {
          for (let turn = 0; turn < count * 60; turn += 1)
            setTimeout(() => world.commit((turn % 2) as Name, 1), turn * 60);
        },
        ms,
      ),
  ),
  fc.tuple(node, pause).map(([index, ms]) => new Step(`crash ${index}`, (world) => world.crash(index), ms)),
  fc.tuple(node, pause).map(([index, ms]) => new Step(`restart ${index}`, (world) => world.restart(index), ms)),
  fc.tuple(node, alerts, pause).map(
    ([index, count, ms]) =>
      new Step(
        `commit ${count} on ${index}, which dies before it tells`,
        (world) => {
          world.commit(index, count);
          world.crash(index);
        },
        ms,
      ),
  ),
  step('cut the line', (world) => world.cut()),
  step('silence the line', (world) => world.silence()),
  step('heal the line', (world) => world.heal()),
  step('cut and heal', (world) => {
    world.cut();
    world.heal();
  }),
  step('database away', (world) => world.setAway(true)),
  step('database back', (world) => world.setAway(false)),
  step('lose notifications', (world) => world.setNotifies(false)),
  step('notify again', (world) => world.setNotifies(true)),
  fc.tuple(fc.nat(30), pause).map(([seq, ms]) => new Step(`restore at ${seq}`, (world) => world.restore(seq), ms)),
  step('open a list', (world) => world.show('list')),
  step('close the list', (world) => world.hide('list')),
  step('come back to sight', (world) => world.check()),
  fc
    .tuple(weather, pause)
    .map(([next, ms]) => new Step(`weather ${JSON.stringify(next)}`, (world) => world.setWeather(next), ms)),
];

test(
  '[G4] whatever commits, dies, is cut off and comes back: a tab that can reach the desk is level within seconds, its badge right, and nothing is told that is not stored',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(STEPS, { maxCommands: 40, size: 'max' }), async (steps) => {
        vi.setSystemTime(0);
        const world = createDeskModel();
        try {
          await fc.asyncModelRun(() => ({ model: {}, real: world }), steps);
          world.setAway(false);
          world.heal();
          world.restart(0);
          world.restart(1);
          await vi.advanceTimersByTimeAsync(STREAM_MS + 2 * LEVEL_WITHIN_MS);
          assertLevel(world);
          expect({
            level: world.level(),
            isFetching: world.isFetching(),
            isBroken: world.isBroken(),
            badge: world.badge(),
          }).toEqual({
            level: world.store.watermark(),
            isFetching: false,
            isBroken: false,
            badge: { kind: 'live', counts: world.store.frame().counts, worst: null },
          });
        } finally {
          world.stop();
          vi.clearAllTimers();
        }
      }),
      { numRuns: RUNS, endOnFailure: false },
    );
  },
  60_000 + RUNS * 100,
);
