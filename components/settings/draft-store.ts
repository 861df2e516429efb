import type { SettingsInForce } from '../../contracts/settings-history.ts';
import type { Settings } from '../../contracts/settings.ts';
import { compareWatermarks } from '../../contracts/watermark.ts';
import { createSubscribers } from '../../hooks/subscribers.ts';
import { type DraftChange, changesOf, countedChanges, mergeDrafts } from './draft-changes.ts';
import type { Draft } from './scope.ts';
import type { Fault } from './faults.ts';

export type DraftState = {
  /** What the draft was made from. */
  readonly base: SettingsInForce;
  /** What is in force, as far as this tab knows. Another revision than the base: somebody else has saved. */
  readonly latest: SettingsInForce;
  readonly draft: Draft;
  /** What the API refused of the draft as it was sent. */
  readonly refused: readonly Fault[];
  readonly changes: readonly DraftChange[];
};

/** The draft's own form of settings: the same, but also what cannot be stored fits into it. */
export const draftOf = (settings: Settings): Draft => settings;

const isSameRevision = (one: SettingsInForce, other: SettingsInForce): boolean =>
  one.epoch === other.epoch && one.revision === other.revision;

/**
 * The unsaved settings of a tab. Without changes they follow what is in force; with changes they stand still, and
 * what somebody else saved waits in `latest` until it is brought in. A change that is taken back is no change.
 */
export function createDraftStore() {
  const subscribers = createSubscribers();
  let state: DraftState | null = null;

  function set(next: Omit<DraftState, 'changes'>): void {
    const changes = changesOf(draftOf(next.base.settings), next.draft);
    // Nothing of one's own stands in the way of what others saved.
    state = changes.length === 0 ? follower(next.latest) : { ...next, changes: countedChanges(changes) };
    subscribers.notify();
  }

  const follower = (latest: SettingsInForce): DraftState => ({
    base: latest,
    latest,
    draft: draftOf(latest.settings),
    refused: [],
    changes: [],
  });

  return {
    subscribe: subscribers.add,
    getSnapshot: (): DraftState | null => state,

    /** Hears of settings in force; of older ones than are known, nothing comes. */
    follow(latest: SettingsInForce): void {
      if (state === null || state.changes.length === 0) {
        if (state !== null && compareWatermarks(latest, state.latest) === 'behind') return;
        if (state?.latest === latest) return;
        state = follower(latest);
        subscribers.notify();
        return;
      }
      const order = compareWatermarks(latest, state.latest);
      if (order === 'behind' || order === 'same') return;
      set({ ...state, latest, base: isSameRevision(latest, state.base) ? latest : state.base });
    },

    edit(change: (draft: Draft) => Draft): void {
      if (state === null) return;
      set({ ...state, draft: change(state.draft), refused: [] });
    },

    discard(): void {
      if (state === null) return;
      state = follower(state.latest);
      subscribers.notify();
    },

    /** Brings in what somebody else saved; what was changed here stays changed. */
    bringIn(): void {
      if (state === null) return;
      const { base, latest, draft } = state;
      const merged = mergeDrafts(draftOf(base.settings), draft, draftOf(latest.settings)).draft;
      set({ base: latest, latest, draft: merged, refused: [] });
    },

    /** `sent` is in force now; what was typed while it was on its way is kept. */
    saved(answer: SettingsInForce, sent: Draft): void {
      if (state === null) return;
      const { draft } = mergeDrafts(sent, state.draft, draftOf(answer.settings));
      set({ base: answer, latest: answer, draft, refused: [] });
    },

    refuse(refused: readonly Fault[]): void {
      if (state === null) return;
      state = { ...state, refused };
      subscribers.notify();
    },
  };
}
export type DraftStore = ReturnType<typeof createDraftStore>;

/** Whether somebody else has saved since the draft was made. */
export const isOvertaken = ({ base, latest }: DraftState): boolean => !isSameRevision(base, latest);
