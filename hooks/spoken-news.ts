import type { Alert } from '../contracts/alert.ts';

/** A voice that is cut off by the next sentence says nothing: this long it has for one. */
export const SPOKEN_EVERY_MS = 5_000;

type SpokenNewsOptions = {
  /** Puts a sentence where screen readers hear it. */
  readonly say: (words: string) => void;
  readonly words: (alerts: readonly [Alert, ...Alert[]]) => string;
};

/**
 * New critical alerts for who does not see them: the first at once, whatever comes within the next seconds
 * together after those. `stop` forgets what is waiting.
 */
export function createSpokenNews({ say, words }: SpokenNewsOptions) {
  let waiting: readonly Alert[] = [];
  let pause: ReturnType<typeof setTimeout> | undefined;

  function speak(): void {
    pause = undefined;
    const [first, ...rest] = waiting;
    if (first === undefined) return;
    waiting = [];
    say(words([first, ...rest]));
    pause = setTimeout(speak, SPOKEN_EVERY_MS);
  }

  return {
    hear(alerts: readonly Alert[]): void {
      waiting = [...waiting, ...alerts.filter(({ severity }) => severity === 'critical')];
      if (pause === undefined) speak();
    },
    stop(): void {
      clearTimeout(pause);
      pause = undefined;
      waiting = [];
    },
  };
}
