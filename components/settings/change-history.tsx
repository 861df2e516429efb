import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import type { SettingsRevision } from '../../contracts/settings-history.ts';
import { settingsKey } from '../../hooks/queries.ts';
import { browserSettings } from '../../hooks/settings-api.ts';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Notice } from '../states/notice.tsx';
import { Age } from '../time/age.tsx';
import { Clock } from '../time/clock.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ChangeLine } from './change-line.tsx';
import { changeKey } from './draft-changes.ts';
import type { DraftState, DraftStore } from './draft-store.ts';
import { RestoreDialog } from './restore-dialog.tsx';
import { linesOf } from './revision-changes.ts';

type ChangeHistoryProps = { readonly store: DraftStore; readonly state: DraftState };

/** Who changed which settings when, from what to what, the newest first; and the way back to any of them. */
export function ChangeHistory({ store, state }: ChangeHistoryProps) {
  const query = useInfiniteQuery({
    queryKey: [...settingsKey.slice(0, 2), 'revisions'],
    queryFn: ({ pageParam, signal }) => browserSettings.revisions(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const [wanted, setWanted] = useState<number | null>(null);
  const revisions = query.data?.pages.flatMap((page) => page.revisions);

  return (
    <section
      aria-label="Changes of the settings"
      // What scrolls must be reachable by keyboard, also where nothing in it takes the focus.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="scroll-quiet under-toasts flex min-h-0 flex-1 flex-col overflow-y-auto px-4 py-5 -outline-offset-2 @2xl:px-6"
    >
      {revisions === undefined && query.error === null && (
        <output aria-label="Loading changes" className="flex max-w-4xl flex-col gap-5">
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} className="h-14 w-full" />
          ))}
        </output>
      )}
      {revisions === undefined && query.error !== null && (
        <Failure
          title="The changes could not be read"
          reason={reasonOf(query.error)}
          onRetry={() => void query.refetch()}
        />
      )}
      {revisions?.length === 0 && (
        <Notice icon={<History />} title="Nothing was ever changed">
          The defaults are in force. Each save is listed here, with who made it and what it changed.
        </Notice>
      )}
      {revisions !== undefined && revisions.length > 0 && (
        <ol className="max-w-4xl border-b">
          {revisions.map((revision) => (
            <Revision
              key={revision.revision}
              revision={revision}
              isInForce={revision.revision === state.latest.revision}
              onRestore={() => setWanted(revision.revision)}
            />
          ))}
          {!query.hasNextPage && (
            <li className="flex items-center gap-4 border-t py-3.5 text-secondary">
              <span className="flex-1">Before that: the defaults</span>
              <Button size="quiet" aria-label="Restore the defaults" onClick={() => setWanted(0)}>
                Restore
              </Button>
            </li>
          )}
        </ol>
      )}
      {query.hasNextPage && (
        <Button
          className="mt-4 self-start"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()} // an error surfaces in the query
        >
          {query.isFetchingNextPage ? 'Loading…' : 'Show older changes'}
        </Button>
      )}
      {wanted !== null && (
        <RestoreDialog revision={wanted} store={store} state={state} onClose={() => setWanted(null)} />
      )}
    </section>
  );
}

type RevisionProps = {
  readonly revision: SettingsRevision;
  readonly isInForce: boolean;
  readonly onRestore: () => void;
};

function Revision({ revision, isInForce, onRestore }: RevisionProps) {
  const lines = linesOf(revision.changes);
  return (
    <li
      aria-label={`Revision ${revision.revision}`}
      className="grid gap-x-6 gap-y-2 border-t py-3.5 @2xl:grid-cols-[11rem_minmax(0,1fr)_auto]"
    >
      <div>
        <p className="font-medium">{revision.changedBy ?? 'Somebody'}</p>
        <p className="text-quiet text-secondary">
          <Clock at={revision.changedAt} /> · <Age at={revision.changedAt} ago />
        </p>
      </div>
      <ul className="flex min-w-0 flex-col gap-0.5">
        {lines.length === 0 && <li className="text-secondary">Stored as it was</li>}
        {lines.map((change) => (
          <li key={`${changeKey(change)} ${change.partName ?? ''}`}>
            <ChangeLine change={change} />
          </li>
        ))}
      </ul>
      <div className="@2xl:text-right">
        {isInForce ? (
          <span className="text-quiet font-medium text-healthy">In force</span>
        ) : (
          <Button size="quiet" aria-label={`Restore revision ${revision.revision}`} onClick={onRestore}>
            Restore
          </Button>
        )}
      </div>
    </li>
  );
}
