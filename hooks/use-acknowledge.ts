import type { AlertFilter } from '../contracts/alert-query.ts';
import type { AlertId } from '../contracts/ids.ts';
import { MAX_IDS_PER_REQUEST } from '../contracts/limits.ts';
import { acknowledging } from './acknowledging.ts';
import { browserApi } from './browser-api.ts';
import { toasts } from './toasts.ts';
import { useDeskSession } from './use-desk-session.ts';
import { UNDO_VISIBLE_MS, alertsInWords, refusalOf, withUndo } from './write-toasts.ts';

export type Acknowledge = {
  /** What to acknowledge; `ids` those of them that are on screen and shall vanish at once. */
  readonly request: { readonly ids: readonly AlertId[] } | { readonly filter: AlertFilter };
  readonly shown: readonly AlertId[];
  /** Empty for none. */
  readonly note: string;
};

/** Acknowledging with its optimistic screen, its roll-back and its undo. Neither function ever rejects. */
export function useAcknowledge() {
  const { link } = useDeskSession();

  async function unacknowledge(ids: readonly AlertId[]): Promise<void> {
    acknowledging.forget(ids);
    try {
      const answer = await browserApi.acknowledge({ ids: [...ids], acknowledged: false });
      link.want(answer);
      await toasts.tell('success', `${alertsInWords(answer.acknowledged)} new again`);
    } catch (error) {
      await toasts.tell('error', 'Not taken back', { description: refusalOf(error) });
    }
    link.touch();
  }

  async function acknowledge({ request, shown, note }: Acknowledge): Promise<void> {
    acknowledging.ask(shown);
    try {
      const body = 'ids' in request ? { ids: [...request.ids] } : request;
      const answer = await browserApi.acknowledge({ ...body, ...(note === '' ? {} : { note }) });
      acknowledging.answered(answer.ids, answer);
      // Those that somebody else acknowledged first, or that began meanwhile, are not among the answer's.
      const answered = new Set(answer.ids);
      acknowledging.forget(shown.filter((id) => !answered.has(id)));
      link.want(answer);
      const canUndo = answer.ids.length > 0 && answer.ids.length <= MAX_IDS_PER_REQUEST;
      await toasts.tell('success', `${alertsInWords(answer.acknowledged)} acknowledged`, {
        duration: UNDO_VISIBLE_MS,
        ...(canUndo && withUndo(() => unacknowledge(answer.ids))),
      });
    } catch (error) {
      acknowledging.forget(shown);
      await toasts.tell('error', 'Not acknowledged', { description: refusalOf(error) });
    }
    link.touch();
  }

  return { acknowledge, unacknowledge };
}
