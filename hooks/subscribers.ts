/** A set of listeners; `add` returns its undo. */
export function createSubscribers() {
  const listeners = new Set<() => void>();
  return {
    add(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    notify(): void {
      for (const listener of listeners) listener();
    },
    size: (): number => listeners.size,
  };
}
