import { useSyncExternalStore } from 'react';
import { createSubscribers } from './subscribers.ts';

/** One value that changes with every move of the pointer, and that only those hear of who show it. */
export type Cell<Value> = {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  readonly subscribe: (listener: () => void) => () => void;
};

export function createCell<Value>(initial: Value): Cell<Value> {
  const subscribers = createSubscribers();
  let value = initial;
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      subscribers.notify();
    },
    subscribe: subscribers.add,
  };
}

/** What a cell's value comes to; draws again only when that changes. */
export function useCell<Value, Result extends string | number | boolean | null>(
  cell: Cell<Value>,
  read: (value: Value) => Result,
): Result {
  const snapshot = (): Result => read(cell.get());
  return useSyncExternalStore(cell.subscribe, snapshot, snapshot);
}
