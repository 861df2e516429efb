import { Check, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SavedView } from '../../contracts/saved-view.ts';
import { Button } from '../ui/button.tsx';
import { Count } from '../ui/menu.tsx';
import { NameForm } from './name-form.tsx';

type ViewItemProps = {
  readonly view: SavedView;
  /** The filters in force are those of this view. */
  readonly isInForce: boolean;
  readonly onApply: () => void;
  readonly onRename: (name: string) => Promise<string | null>;
  /** Absent where no filters are in force. */
  readonly onUpdate: (() => void) | undefined;
  readonly onDelete: () => void;
};

/** One saved view: applied with a click, renamed in its place, updated or deleted with an undo. */
export function ViewItem({ view, isInForce, onApply, onRename, onUpdate, onDelete }: ViewItemProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  if (isRenaming) {
    return (
      <li>
        <NameForm
          label={`New name of ${view.name}`}
          action="Rename"
          initial={view.name}
          onCancel={() => setIsRenaming(false)}
          onSubmit={async (name) => {
            const problem = await onRename(name);
            if (problem === null) setIsRenaming(false);
            return problem;
          }}
        />
      </li>
    );
  }
  return (
    <li className="flex items-center gap-0.5">
      <button
        type="button"
        aria-current={isInForce}
        onClick={onApply}
        className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-sm px-2 text-left hover:bg-hover"
      >
        <span className="flex size-4 shrink-0">
          {isInForce && <Check aria-hidden className="size-4 text-accent" />}
        </span>
        <span className="min-w-0 truncate">
          <bdi>{view.name}</bdi>
        </span>
        <Count count={view.newAlerts} />
        <span className="sr-only">new</span>
      </button>
      {onUpdate !== undefined && !isInForce && (
        <Button
          variant="ghost"
          size="iconSmall"
          aria-label={`Update ${view.name} to the filters in force`}
          title="Update to the filters in force"
          onClick={onUpdate}
        >
          <RefreshCw />
        </Button>
      )}
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label={`Rename ${view.name}`}
        title="Rename"
        onClick={() => setIsRenaming(true)}
      >
        <Pencil />
      </Button>
      <Button variant="ghost" size="iconSmall" aria-label={`Delete ${view.name}`} title="Delete" onClick={onDelete}>
        <Trash2 />
      </Button>
    </li>
  );
}
