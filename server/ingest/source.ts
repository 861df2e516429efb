import type { Observation } from '../detection/observation.ts';

export type SubmitResult = { readonly accepted: number; readonly changed: number; readonly alerts: number };

/**
 * Hands observations to the pipeline and resolves once they are committed. Rejects with an `AppError`: after
 * `queue_full` and `database_unavailable` nothing was stored, and the same observations may be handed in again.
 */
export type Submit = (observations: readonly Observation[]) => Promise<SubmitResult>;

export type SourceSummary = {
  /** `stopped` when somebody ended it before its own end; a demo feed has no other. */
  readonly outcome: 'finished' | 'stopped';
  readonly polls: number;
  readonly lines: number;
  readonly accepted: number;
  readonly changed: number;
  readonly alerts: number;
  /** Lines that were no snapshots, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  readonly durationMs: number;
};

/**
 * Something that feeds the desk by itself. It runs from the moment it is made. `stop` waits for what has been
 * handed in and may be called more than once; `done` rejects with an `AppError` when the source cannot go on.
 */
export type Source = {
  stop(): Promise<void>;
  readonly done: Promise<SourceSummary>;
  /** Resolves when the source has come to the present; it never rejects. */
  readonly present: Promise<void>;
};

/** Adds up what became of the polls of a source. */
export function createTally(now: () => number) {
  const startedMs = now();
  const refused: Record<string, number> = {};
  const sums = { polls: 0, lines: 0, accepted: 0, changed: 0, alerts: 0 };
  return {
    took(result: SubmitResult, lines: number): void {
      sums.polls += 1;
      sums.lines += lines;
      sums.accepted += result.accepted;
      sums.changed += result.changed;
      sums.alerts += result.alerts;
    },
    refuse(code: string): void {
      refused[code] = (refused[code] ?? 0) + 1;
      sums.lines += 1;
    },
    summary: (outcome: SourceSummary['outcome']): SourceSummary => ({
      outcome,
      ...sums,
      refused: { ...refused },
      durationMs: now() - startedMs,
    }),
  };
}
