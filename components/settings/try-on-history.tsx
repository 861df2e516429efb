import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { settingsSchema } from '../../contracts/settings.ts';
import { deskTime } from '../../hooks/desk-clock.ts';
import { Notice } from '../states/notice.tsx';
import { Button } from '../ui/button.tsx';
import type { DraftState } from './draft-store.ts';
import { TryOutcome } from './try-outcome.tsx';
import { type RangeChoice, TryRangeChoice, rangeOf } from './try-range.tsx';
import type { Trying } from './use-try.ts';

type TryOnHistoryProps = { readonly state: DraftState; readonly trying: Trying };

/** What the settings of the form, saved or not, would have found in what was stored. */
export function TryOnHistory({ state, trying }: TryOnHistoryProps) {
  const [choice, setChoice] = useState<RangeChoice>({ kind: 'day' });
  const [problem, setProblem] = useState<string | null>(null);
  const isRunning = trying.state.kind === 'running';
  const changes = state.changes.length;

  function start(): void {
    const range = rangeOf(choice, deskTime.deskNow() ?? Date.now());
    const parsed = settingsSchema.safeParse(state.draft);
    if (typeof range === 'string') return setProblem(range);
    if (!parsed.success) return setProblem('Some values of the form cannot be used; they are marked under Settings.');
    setProblem(null);
    void trying.run(parsed.data, range); // tells its failures itself
  }

  return (
    <section
      aria-label="Try on history"
      // What scrolls must be reachable by keyboard, also where nothing in it takes the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="@container scroll-quiet under-toasts flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-4 py-5 -outline-offset-2 @2xl:px-6"
    >
      <form
        noValidate
        aria-label="Try"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
        className="flex max-w-4xl flex-col gap-3"
      >
        <p className="text-secondary">
          {changes === 0
            ? 'Replays what was stored with the settings in force. Change some under Settings to try others.'
            : `Replays what was stored with the form as it is, ${changes} unsaved ${changes === 1 ? 'change' : 'changes'} included.`}{' '}
          It touches nothing: no alert is made, changed or told.
        </p>
        <TryRangeChoice choice={choice} onChange={setChoice} />
        <div className="flex items-center gap-2">
          <Button type="submit" variant="primary" disabled={isRunning}>
            <FlaskConical /> Try it
          </Button>
          {isRunning && <Button onClick={trying.cancel}>Cancel</Button>}
        </div>
        {problem !== null && (
          <p role="alert" className="text-critical-ink">
            {problem}
          </p>
        )}
      </form>
      {trying.state.kind === 'idle' ? (
        <Notice icon={<FlaskConical />} title="Nothing tried yet">
          How many alerts would there have been, and which would have gone or come?
        </Notice>
      ) : (
        <TryOutcome state={trying.state} />
      )}
    </section>
  );
}
