/** How often the desk looks whether a kickoff or the end of a mute has passed, in real milliseconds. */
const LOOK_EVERY_MS = 500;
/** What another process learnt of is known here after this long at the latest. */
const REFRESH_MS = 15_000;
/** Set back by more than this, the clock was stepped; by less, it was disciplined. */
const STEP_BACK_MS = 1_000;

/**
 * Announces the moments at which alerts become past, or are muted no longer: nothing is committed then, yet badge
 * and tabs change. Keeps in memory when the next of them is, so that looking costs nothing.
 */
export function createKickoffWatch(options: {
  /** The desk's time. */
  readonly now: () => number;
  /** Desk milliseconds per real millisecond. */
  readonly rate: () => number;
  readonly nextKickoff: (nowMs: number) => Promise<number | null>;
  readonly nextMuteEnd: (nowMs: number) => Promise<number | null>;
  /** Raises the watermark for what has passed, and announces it. */
  readonly pass: (nowMs: number) => Promise<void>;
  /** Takes back the kickoffs that lie ahead again after the clock was set back, and announces it. */
  readonly rewind: (nowMs: number) => Promise<void>;
  readonly onError: (error: unknown) => void;
}) {
  let nextMs = 0;
  let readAt = 0;
  let readFromMs = 0;
  let lastMs = -Infinity;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const nowMs = options.now();
    const isSetBack = nowMs < lastMs - STEP_BACK_MS;
    // Only by what this process saw of its own clock: nodes whose clocks differ would undo each other's work.
    if (isSetBack) await options.rewind(nowMs);
    lastMs = nowMs;
    const passes = isSetBack || nextMs <= nowMs;
    if (passes) await options.pass(nowMs);
    else if (performance.now() - readAt < REFRESH_MS) return;
    // From where it was read last: an alert may come to be and become past between two looks.
    const afterMs = passes ? nowMs : readFromMs;
    const [kickoffMs, muteEndMs] = await Promise.all([options.nextKickoff(afterMs), options.nextMuteEnd(afterMs)]);
    nextMs = Math.min(kickoffMs ?? Infinity, muteEndMs ?? Infinity);
    readFromMs = nowMs;
    readAt = performance.now();
  }

  function tick(): void {
    looking ??= look()
      .catch(options.onError)
      .finally(() => {
        looking = undefined;
      });
  }

  const timer = setInterval(tick, LOOK_EVERY_MS);
  tick();

  return {
    /** Alerts, kickoffs or mutes changed: the next moment may be sooner than thought. */
    refresh(): void {
      readAt = -Infinity;
    },

    /** When answers that were worked out now become wrong by themselves, in wall milliseconds. */
    validUntilMs(): number {
      if (nextMs === Infinity) return Infinity;
      return Date.now() + Math.max(0, nextMs - options.now()) / options.rate();
    },

    async stop(): Promise<void> {
      clearInterval(timer);
      await looking;
    },
  };
}
