type Part = { readonly ok: boolean; readonly detail: string };

/** Whether the database answers `ask`, and what it says when it does not. */
export async function databasePart(ask: () => Promise<unknown>): Promise<Part> {
  try {
    await ask();
    return { ok: true, detail: 'answers' };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the queue takes more, and how much waits in it. */
export function queuePart(
  depth: { readonly rows: number; readonly bytes: number; readonly oldestAgeMs: number },
  limits: { readonly maxRows: number; readonly maxBytes: number },
): Part {
  const { rows, bytes, oldestAgeMs } = depth;
  return {
    ok: rows < limits.maxRows && bytes < limits.maxBytes,
    detail: `${rows} of ${limits.maxRows} rows wait, the oldest for ${Math.round(oldestAgeMs)} ms`,
  };
}
