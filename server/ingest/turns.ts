import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Lets long pieces of work, however many are under way, do one stretch per turn of the event loop between them.
 * If each waited for a turn of its own, sixty-four large bodies would do sixty-four stretches in every turn, and a
 * browser would wait for all of them. Call the result and wait before each new stretch.
 */
export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => nextTurn());
    return last;
  };
}
