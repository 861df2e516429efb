/**
 * Remembers whether the last commit failed for want of a working database, as a full disk or a standby does
 * while every read is still answered.
 */
export function createWriteHealth(options: {
  /** What is wrong with the database; null when the error says nothing of it. */
  readonly trouble: (error: unknown) => string | null;
  /** Called when the state is read in trouble: tries a write, whose end is watched like any other. */
  readonly probe: () => void;
}) {
  let trouble: string | null = null;

  return {
    /** Watches one commit and hands on what becomes of it. */
    async watch<Result>(commit: Promise<Result>): Promise<Result> {
      try {
        const result = await commit;
        trouble = null;
        return result;
      } catch (error) {
        // Of a value that the database refused it is known that it works.
        trouble = options.trouble(error);
        throw error;
      }
    },

    part(): { readonly ok: boolean; readonly detail: string } {
      if (trouble === null) return { ok: true, detail: 'answers' };
      // A balancer that sends no more writes to a node in trouble would never let it find out that it is over.
      options.probe();
      return { ok: false, detail: `reads are answered, writes fail: ${trouble}` };
    },
  };
}
