/** Of measured milliseconds. */
export type Spread = { readonly median: number; readonly p95: number; readonly p99: number; readonly max: number };

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { median: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
