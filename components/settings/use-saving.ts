import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { errorCode } from '../../contracts/errors.ts';
import type { SettingsConflict, SettingsInForce } from '../../contracts/settings-history.ts';
import { type Settings, settingsSchema } from '../../contracts/settings.ts';
import { settingsKey } from '../../hooks/queries.ts';
import { browserSettings } from '../../hooks/settings-api.ts';
import { useDeskSession } from '../../hooks/use-desk-session.ts';
import { reasonOf } from '../states/failure.tsx';
import { type DraftStore, isOvertaken } from './draft-store.ts';
import { type Fault, faultsOf, faultsOfRefusal } from './faults.ts';

/** What became of a save. */
export type Saved =
  | { readonly kind: 'saved' }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly reason: string };

const detailsOf = (error: unknown): unknown =>
  error instanceof Error && 'details' in error ? error.details : undefined;

/** Saves the draft, or settings as a whole. Never over a change of somebody else that was not seen; never rejects. */
export function useSaving(store: DraftStore) {
  const { link } = useDeskSession();
  const client = useQueryClient();
  const [isSaving, setIsSaving] = useState(false);

  async function put(settings: Settings, ifRevision: number): Promise<SettingsInForce> {
    const answer = await browserSettings.save(settings, ifRevision);
    client.setQueryData(settingsKey, answer);
    link.want(answer);
    return answer;
  }

  async function guarded(save: () => Promise<Saved>): Promise<Saved> {
    setIsSaving(true);
    try {
      return await save();
    } catch (error) {
      const details = detailsOf(error);
      const current =
        errorCode(error) === 'conflict' ? (details as Partial<SettingsConflict> | undefined)?.current : undefined;
      if (current !== undefined) {
        client.setQueryData(settingsKey, current);
        store.follow(current);
        return { kind: 'overtaken' };
      }
      const draft = store.getSnapshot()?.draft;
      const faults = draft === undefined ? [] : faultsOfRefusal(details, draft);
      if (faults.length === 0) return { kind: 'failed', reason: reasonOf(error) };
      store.refuse(faults);
      return { kind: 'faulty', faults };
    } finally {
      setIsSaving(false);
      link.touch();
    }
  }

  return {
    isSaving,

    async saveDraft(): Promise<Saved> {
      const state = store.getSnapshot();
      if (state === null) return { kind: 'failed', reason: 'The settings in force are not known yet.' };
      const faults = faultsOf(state.draft);
      if (faults.length > 0) return { kind: 'faulty', faults };
      if (isOvertaken(state)) return { kind: 'overtaken' };
      return guarded(async () => {
        const answer = await put(settingsSchema.parse(state.draft), state.base.revision);
        store.saved(answer, state.draft);
        return { kind: 'saved' };
      });
    },

    /** Puts whole settings in force over `ifRevision`; an unsaved draft stays unsaved. */
    restore: (settings: Settings, ifRevision: number): Promise<Saved> =>
      guarded(async () => {
        store.follow(await put(settings, ifRevision));
        return { kind: 'saved' };
      }),
  };
}
