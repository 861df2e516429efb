import { startDemoFeed } from './demo-feed.ts';
import { startReplay } from './replay.ts';
import type { Source, Submit } from './source.ts';

/** Where prices come from without anybody sending them; `speed` is recorded seconds per second. */
type FeedChoice =
  | { readonly kind: 'demo' }
  | { readonly kind: 'none' }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: number | 'max' };

/** Starts the source that the environment asks for. Null for `none`: then prices come over HTTP alone. */
export function startFeed(options: {
  readonly feed: FeedChoice;
  readonly submit: Submit;
  readonly ownBookmaker: string;
  /** Whether the desk has never had a price. */
  readonly isNew: boolean;
  /** The desk's clock; `follow` sets it to an instant from which it runs at a rate, `release` gives it back to the wall. */
  readonly clock: {
    readonly now: () => number;
    readonly follow: (instantMs: number, rate: number) => void;
    readonly release: () => void;
  };
  /** Called once, when a replay has set the desk's clock back to its recording. */
  readonly onClockSet: () => Promise<void>;
  /** Hears of what makes the start wait. */
  readonly onStep: (text: string) => void;
  readonly onRefused: (message: string) => void;
}): Source | null {
  const { feed, submit, clock } = options;
  if (feed.kind === 'none') return null;
  // Sources pace themselves by the wall; a replay moves the desk's clock, and so does what the demo tells of its past.
  if (feed.kind === 'demo') {
    const demo = { submit, ownBookmaker: options.ownBookmaker, now: Date.now };
    if (!options.isNew) return startDemoFeed(demo);
    options.onStep('telling the desk what happened in the demo of late (first start)');
    const onPast = (atMs: number | null): void => (atMs === null ? clock.release() : clock.follow(atMs, 1));
    return startDemoFeed({ ...demo, onPast });
  }

  let clockIsSet = false;
  const source = startReplay({
    file: feed.file,
    speed: feed.speed,
    now: Date.now,
    async submit(observations) {
      if (!clockIsSet) await options.onClockSet();
      clockIsSet = true;
      return submit(observations);
    },
    onTime: (recordedMs) => clock.follow(recordedMs, feed.speed === 'max' ? 1 : feed.speed),
    onRefused: ({ line, message }) => options.onRefused(`${feed.file}, line ${line}: ${message}`),
  });
  // When the recording is over, time goes on from there as it does on the wall.
  const goOn = (): void => clock.follow(clock.now(), 1);
  void source.done.then(goOn, goOn);
  return source;
}
