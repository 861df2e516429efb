type Asked = { readonly data: unknown; readonly error: Error | null; readonly errorUpdateCount: number };

/**
 * Why a query has nothing to show; null while it has something, or is asked for the first time. A failed query is asked
 * again with every heartbeat, and is then `pending` once more: without this its failure would stand for a moment only,
 * between two times of loading.
 */
export function failureOf({ data, error, errorUpdateCount }: Asked): Error | null {
  if (data !== undefined) return null;
  return error ?? (errorUpdateCount > 0 ? new Error('expected an answer, got none so far') : null);
}
