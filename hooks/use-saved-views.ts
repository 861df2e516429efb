import type { SavedView, SavedViewRequestInput } from '../contracts/saved-view.ts';
import { browserApi } from './browser-api.ts';
import { toasts } from './toasts.ts';
import { useDeskSession } from './use-desk-session.ts';
import { refusalOf, withUndo } from './write-toasts.ts';

/** Changes of the views that the desk shares. None of these ever rejects. */
export function useSavedViews() {
  const { link } = useDeskSession();

  /** Resolves with why it was not saved, or null. */
  async function attempt(
    write: () => Promise<{ readonly epoch: string; readonly seq: number }>,
  ): Promise<string | null> {
    try {
      link.want(await write());
      return null;
    } catch (error) {
      return refusalOf(error);
    } finally {
      link.touch();
    }
  }

  const save = (request: SavedViewRequestInput): Promise<string | null> =>
    attempt(() => browserApi.createView(request));

  const rename = ({ id, filter, sort }: SavedView, name: string): Promise<string | null> =>
    attempt(() => browserApi.replaceView(id, { name, filter, sort }));

  /** Other filters under the old name, at once and for the whole desk; the toast takes it back. */
  async function update(view: SavedView, to: Pick<SavedViewRequestInput, 'filter' | 'sort'>): Promise<void> {
    const problem = await attempt(() => browserApi.replaceView(view.id, { name: view.name, ...to }));
    if (problem !== null) return toasts.tell('error', 'Not updated', { description: problem });
    const undo = async (): Promise<void> => {
      const { name, filter, sort } = view;
      const why = await attempt(() => browserApi.replaceView(view.id, { name, filter, sort }));
      if (why !== null) await toasts.tell('error', 'Not taken back', { description: why });
    };
    await toasts.tell('success', `View “${view.name}” updated`, withUndo(undo));
  }

  /** Deleted at once, and saved again by the toast: the whole desk loses it. */
  async function remove({ id, name, filter, sort }: SavedView): Promise<void> {
    const problem = await attempt(() => browserApi.deleteView(id));
    if (problem !== null) return toasts.tell('error', 'Not deleted', { description: problem });
    const undo = async (): Promise<void> => {
      const why = await save({ name, filter, sort });
      if (why !== null) await toasts.tell('error', 'Not saved again', { description: why });
    };
    await toasts.tell('success', `View “${name}” deleted`, withUndo(undo));
  }

  return { save, rename, update, remove };
}
