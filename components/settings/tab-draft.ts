import { isServer } from '@tanstack/react-query';
import { type DraftStore, createDraftStore } from './draft-store.ts';

let tabDraft: DraftStore | undefined;

/**
 * The draft of this tab: unsaved settings are still there when a trader has been to another page and comes back.
 * On the server each render has its own.
 */
export function draftOfTab(): DraftStore {
  if (isServer) return createDraftStore();
  return (tabDraft ??= createDraftStore());
}
