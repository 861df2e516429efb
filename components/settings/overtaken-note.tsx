import { Age } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { changeKey, changesOf, countedChanges, mergeDrafts } from './draft-changes.ts';
import { type DraftState, type DraftStore, draftOf } from './draft-store.ts';
import { ChangeLine } from './change-line.tsx';

type OvertakenNoteProps = { readonly state: DraftState; readonly store: DraftStore };

/** Somebody else saved while there are unsaved changes here: what they changed, where both did, and the two ways on. */
export function OvertakenNote({ state, store }: OvertakenNoteProps) {
  const { base, latest, draft } = state;
  const before = draftOf(base.settings);
  const theirs = countedChanges(changesOf(before, draftOf(latest.settings)));
  const clashes = new Map(
    mergeDrafts(before, draft, draftOf(latest.settings)).clashes.map((change) => [changeKey(change), change]),
  );
  const mine = new Map(changesOf(before, draft).map((change) => [changeKey(change), change]));
  return (
    <section
      data-overtaken
      role="alert"
      aria-label="Saved by somebody else"
      tabIndex={-1}
      className="rounded-md border border-rule-strong bg-selected p-4 outline-offset-2"
    >
      <h2 className="font-semibold">
        {latest.changedBy ?? 'Somebody'} saved other settings{' '}
        {latest.changedAt !== null && <Age at={latest.changedAt} ago />}
      </h2>
      <p className="mt-0.5 text-secondary">Your unsaved changes are still here; nothing was overwritten.</p>
      <ul className="mt-2.5 flex flex-col gap-1">
        {theirs.map((change) => (
          <li key={changeKey(change)}>
            <ChangeLine change={change} />
            {clashes.has(changeKey(change)) && (
              <span className="text-critical-ink">
                {' '}
                · you changed it too
                <ChangeLine change={{ ...change, ...mine.get(changeKey(change)) }} part="after" prefix=", to " />
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-3.5 flex flex-wrap gap-2">
        <Button variant="primary" onClick={store.bringIn}>
          Bring theirs in, keep mine
        </Button>
        <Button onClick={store.discard}>Discard mine, show theirs</Button>
      </div>
    </section>
  );
}
