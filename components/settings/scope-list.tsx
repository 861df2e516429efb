import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import type { DraftState, DraftStore } from './draft-store.ts';
import { NewOverride } from './new-override.tsx';
import { type Scope, isSameScope, leagueWords, scopeKey, scopeWords, whereOf, withOverride } from './scope.ts';
import { sportWords } from '../words/market-words.ts';

type ScopeListProps = {
  readonly state: DraftState;
  readonly store: DraftStore;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
};

/** For which matches the form is: all, or those of a sport or league that has settings of its own. */
export function ScopeList({ state, store, scope, onScope }: ScopeListProps) {
  const [isAdding, setIsAdding] = useState(false);
  const scopes = state.draft.overrides
    .map((override) => ({ ...whereOf(override), count: Object.keys(override.rules).length }))
    .toSorted((a, b) => a.sport.localeCompare(b.sport, 'en') || leagueWords(a).localeCompare(leagueWords(b), 'en'));
  const isChanged = (each: Scope): boolean => state.changes.some((change) => isSameScope(change.scope, each));

  return (
    <nav
      aria-label="For which matches"
      className="shrink-0 border-b px-4 py-3 @2xl:px-6 @4xl:sticky @4xl:top-0 @4xl:w-60 @4xl:self-start @4xl:border-b-0 @4xl:px-4 @4xl:py-5"
    >
      <ul className="flex flex-wrap gap-1 @4xl:flex-col @4xl:flex-nowrap">
        <Entry scope={null} isCurrent={scope === null} isChanged={isChanged(null)} onClick={() => onScope(null)} />
        {scopes.map(({ count, ...where }) => (
          <Entry
            key={scopeKey(where)}
            scope={where}
            count={count}
            isNested={
              where.league !== null && scopes.some((each) => each.sport === where.sport && each.league === null)
            }
            isCurrent={isSameScope(scope, where)}
            isChanged={isChanged(where)}
            onClick={() => onScope(where)}
          />
        ))}
        <li>
          <Button
            variant="ghost"
            className="px-2!"
            aria-expanded={isAdding}
            onClick={() => setIsAdding((before) => !before)}
          >
            <Plus /> Add an override
          </Button>
        </li>
      </ul>
      {isAdding && (
        <NewOverride
          taken={scopes}
          onCancel={() => setIsAdding(false)}
          onAdd={(where) => {
            store.edit((draft) => withOverride(draft, where));
            setIsAdding(false);
            onScope(where);
          }}
        />
      )}
    </nav>
  );
}

type EntryProps = {
  readonly scope: Scope;
  /** How many settings it has of its own. */
  readonly count?: number;
  /** It stands below its sport, and need not repeat it. */
  readonly isNested?: boolean;
  readonly isCurrent: boolean;
  readonly isChanged: boolean;
  readonly onClick: () => void;
};

function Entry({ scope, count, isNested = false, isCurrent, isChanged, onClick }: EntryProps) {
  return (
    <li className="min-w-0">
      <button
        type="button"
        aria-current={isCurrent || undefined}
        onClick={onClick}
        className={cn(
          // A sport, a league and its country are more than the list is wide, and the end of them is what tells two apart.
          'flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md px-2 py-1 text-left',
          isNested && '@4xl:pl-5',
          isCurrent ? 'bg-chip font-medium' : 'text-secondary hover:bg-hover hover:text-ink',
        )}
      >
        <span className="line-clamp-3 min-w-0 wrap-anywhere">
          {isNested && scope !== null ? (
            <>
              <span className="@4xl:sr-only">{sportWords(scope.sport)} · </span>
              {leagueWords(scope)}
            </>
          ) : (
            scopeWords(scope)
          )}
        </span>
        {isChanged && (
          <span className="size-1.5 shrink-0 rounded-full bg-accent">
            <span className="sr-only">unsaved</span>
          </span>
        )}
        {count !== undefined && (
          <span className="ml-auto text-quiet text-secondary">
            {count}
            <span className="sr-only"> of its own</span>
          </span>
        )}
      </button>
    </li>
  );
}
