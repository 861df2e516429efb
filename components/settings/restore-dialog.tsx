import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { browserSettings } from '../../hooks/settings-api.ts';
import { reasonOf } from '../states/failure.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ChangeLine } from './change-line.tsx';
import { changeKey, changesOf, countedChanges } from './draft-changes.ts';
import { type DraftState, type DraftStore, draftOf } from './draft-store.ts';
import { useSaving } from './use-saving.ts';

type RestoreDialogProps = {
  readonly revision: number;
  readonly store: DraftStore;
  readonly state: DraftState;
  readonly onClose: () => void;
};

/** Shows what going back to a revision would change now, and does it: as a new change, over what is shown. */
export function RestoreDialog({ revision, store, state, onClose }: RestoreDialogProps) {
  const query = useQuery({
    queryKey: ['settings of revision', state.latest.epoch, revision],
    queryFn: ({ signal }) => browserSettings.revision(revision, signal),
    // What a revision was never changes.
    staleTime: Infinity,
  });
  const { isSaving, restore } = useSaving(store);
  const [problem, setProblem] = useState<string | null>(null);
  const old = query.data?.settings;
  const changes =
    old === undefined ? undefined : countedChanges(changesOf(draftOf(state.latest.settings), draftOf(old)));
  const name = revision === 0 ? 'the defaults' : `revision ${revision}`;

  async function confirm(): Promise<void> {
    if (old === undefined) return;
    const saved = await restore(old, state.latest.revision);
    if (saved.kind === 'saved') return onClose();
    setProblem(
      saved.kind === 'failed'
        ? saved.reason
        : 'Somebody has saved other settings meanwhile. The list shows what would change now.',
    );
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Restore ${name}?`}
      description="It is saved as a new change, and holds from the next price on."
    >
      <div className="mt-4">
        {changes === undefined && query.error === null && <p className="text-secondary">Reading {name} …</p>}
        {changes === undefined && query.error !== null && (
          <p role="alert" className="text-critical-ink">
            {reasonOf(query.error)}
          </p>
        )}
        {changes?.length === 0 && <p>These settings are in force already.</p>}
        {changes !== undefined && changes.length > 0 && (
          <ul aria-label="What would change" className="scroll-quiet flex max-h-60 flex-col gap-1 overflow-y-auto">
            {changes.map((change) => (
              <li key={changeKey(change)}>
                <ChangeLine change={change} />
              </li>
            ))}
          </ul>
        )}
        {problem !== null && (
          <p role="alert" className="mt-3 text-critical-ink">
            {problem}
          </p>
        )}
      </div>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          disabled={changes === undefined || changes.length === 0 || isSaving}
          onClick={() => void confirm()} // never rejects
        >
          {isSaving ? 'Restoring…' : 'Restore'}
        </Button>
      </div>
    </Dialog>
  );
}
