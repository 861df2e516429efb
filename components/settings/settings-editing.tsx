import { useEffect, useMemo, useRef, useState } from 'react';
import { useDesk } from '../../hooks/use-risk-alerts.ts';
import { type DraftState, type DraftStore, isOvertaken } from './draft-store.ts';
import { faultsOf } from './faults.ts';
import { SettingsFormContext } from './form-context.ts';
import { OvertakenNote } from './overtaken-note.tsx';
import { SaveBar } from './save-bar.tsx';
import { type Scope, isSameScope, overrideOf, scopeWords, withoutOverride } from './scope.ts';
import { ScopeList } from './scope-list.tsx';
import { GROUPS, isRule } from './setting-words.ts';
import { SettingRow } from './setting-row.tsx';
import { type Saved, useSaving } from './use-saving.ts';
import { Button } from '../ui/button.tsx';

type SettingsEditingProps = {
  readonly store: DraftStore;
  readonly state: DraftState;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  readonly onTry: () => void;
};

/** The form: for all matches, or for one sport or league and what it inherits. */
export function SettingsEditing({ store, state, scope: asked, onScope, onTry }: SettingsEditingProps) {
  // An override that the address names may be gone.
  const scope = asked !== null && overrideOf(state.draft, asked) === undefined ? null : asked;
  const desk = useDesk();
  const books = useMemo(
    () => (desk?.bookmakers ?? []).map((feed) => feed.bookmaker).toSorted((a, b) => a.localeCompare(b, 'en')),
    [desk],
  );
  const found = useMemo(() => faultsOf(state.draft), [state.draft]);
  const faults = useMemo(() => [...found, ...state.refused], [found, state.refused]);
  const { isSaving, saveDraft } = useSaving(store);
  const [outcome, setOutcome] = useState<Saved | null>(null);
  const showsAll = outcome?.kind === 'faulty' && faults.length > 0;
  const form = useRef<HTMLFormElement>(null);

  // After an attempt to save: to what keeps it from being saved.
  useEffect(() => {
    if (form.current === null || outcome === null) return;
    if (outcome.kind === 'faulty') focusFirstFault(form.current);
    if (outcome.kind === 'overtaken') form.current.querySelector<HTMLElement>('[data-overtaken]')?.focus();
  }, [outcome]);

  async function save(): Promise<void> {
    const next = await saveDraft();
    const [first] = next.kind === 'faulty' ? next.faults : [];
    if (first !== undefined && !isSameScope(first.scope, scope)) onScope(first.scope);
    setOutcome(next);
  }

  const context = useMemo(
    () => ({ state, store, scope, faults, showsAll, books }),
    [state, store, scope, faults, showsAll, books],
  );
  const groups = GROUPS.map(({ title, names }) => ({
    title,
    names: scope === null ? names : names.filter(isRule),
  })).filter(({ names }) => names.length > 0);

  return (
    <SettingsFormContext value={context}>
      <form
        ref={form}
        noValidate
        aria-label="Settings"
        onSubmit={(event) => {
          event.preventDefault();
          void save(); // never rejects
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="scroll-quiet flex min-h-0 flex-1 flex-col overflow-y-auto @4xl:flex-row">
          <ScopeList state={state} scope={scope} onScope={onScope} store={store} />
          <div className="min-w-0 flex-1 px-4 pt-5 pb-16 @2xl:px-6">
            <div className="flex max-w-5xl flex-col gap-9">
              {isOvertaken(state) && <OvertakenNote state={state} store={store} />}
              {scope !== null && (
                <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
                  <p className="text-secondary">
                    <span className="font-semibold text-ink">{scopeWords(scope)}</span> has the values that are set
                    here, and inherits the others.
                  </p>
                  <Button
                    variant="link"
                    size="bare"
                    onClick={() => {
                      store.edit((draft) => withoutOverride(draft, scope));
                      onScope(null);
                    }}
                  >
                    Remove this override
                  </Button>
                </div>
              )}
              {groups.map(({ title, names }) => (
                <section key={title} aria-label={title}>
                  <h2 className="mb-2 text-base font-semibold">{title}</h2>
                  <div className="@container border-b">
                    {names.map((name) => (
                      <SettingRow key={name} name={name} />
                    ))}
                  </div>
                </section>
              ))}
            </div>
          </div>
        </div>
        <SaveBar
          changes={state.changes.length}
          faults={showsAll ? faults.length : 0}
          failure={outcome?.kind === 'failed' ? outcome.reason : null}
          isSaving={isSaving}
          onDiscard={() => {
            store.discard();
            setOutcome(null);
          }}
          onTry={onTry}
        />
      </form>
    </SettingsFormContext>
  );
}

/** To the input at fault, or to the whole of a setting that has none. */
function focusFirstFault(form: HTMLElement): void {
  const first = form.querySelector<HTMLElement>('[aria-invalid="true"], [data-faulty="true"]');
  (first?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? first)?.focus();
}
