import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type AlertView, alertFilter, isNarrowed, isSameFilter, narrowingOf } from '../../hooks/alert-view.ts';
import { queries } from '../../hooks/browser-api.ts';
import { useSavedViews } from '../../hooks/use-saved-views.ts';
import { reasonOf } from '../states/failure.tsx';
import { Popover } from '../ui/popover.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { NameForm } from './name-form.tsx';
import { ViewItem } from './view-item.tsx';

type ViewsProps = {
  readonly view: AlertView;
  readonly onChange: (change: Partial<AlertView>) => void;
  readonly onDone: () => void;
};

function Views({ view, onChange, onDone }: ViewsProps) {
  const { data, error } = useQuery(queries.views());
  const { save, rename, update, remove } = useSavedViews();
  if (data === undefined) {
    return error === null ? <Skeleton className="h-8" /> : <p role="alert">{reasonOf(error)}</p>;
  }
  const filter = alertFilter(view);
  return (
    <>
      {data.views.length === 0 ? (
        <p className="px-2 py-1.5 text-secondary">No views yet. A view keeps filters and order for the whole desk.</p>
      ) : (
        <ul aria-label="Saved views" className="scroll-quiet max-h-72 overflow-y-auto">
          {data.views.map((saved) => (
            <ViewItem
              key={saved.id}
              view={saved}
              isInForce={isSameFilter(saved.filter, filter) && saved.sort === view.sort}
              onApply={() => {
                onChange({ ...narrowingOf(saved.filter), sort: saved.sort });
                onDone();
              }}
              onRename={(name) => rename(saved, name)}
              onUpdate={isNarrowed(view) ? () => void update(saved, { filter, sort: view.sort }) : undefined}
              onDelete={() => void remove(saved)}
            />
          ))}
        </ul>
      )}
      <div className="mt-1 border-t pt-2">
        {isNarrowed(view) ? (
          <NameForm
            label="Save these filters as"
            action="Save"
            onSubmit={(name) => save({ name, filter, sort: view.sort })}
          />
        ) : (
          <p className="px-2 pb-1 text-quiet text-secondary">Choose filters to save them as a view.</p>
        )}
      </div>
    </>
  );
}

type ViewsPopoverProps = Omit<ViewsProps, 'onDone'> & {
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
};

/** The desk's views under their button. Loaded when the pointer or the focus comes near it. */
export default function ViewsPopover({ trigger, isOpen, onOpenChange, ...views }: ViewsPopoverProps) {
  return (
    <Popover label="Views" className="w-80 p-2" {...{ trigger, isOpen, onOpenChange }}>
      <Views {...views} onDone={() => onOpenChange(false)} />
    </Popover>
  );
}
