import { useQuery } from '@tanstack/react-query';
import type { EventId } from '../contracts/ids.ts';
import type { Mute, MuteRequestInput } from '../contracts/mute.ts';
import { browserApi, queries } from './browser-api.ts';
import { toasts } from './toasts.ts';
import { useDeskSession } from './use-desk-session.ts';
import { alertsInWords, eventsInWords, refusalOf, withUndo } from './write-toasts.ts';

/** The mutes in force, and how many alerts they keep quiet. */
export const useMutes = () => useQuery(queries.mutes());

/** Muting and unmuting; both tell how it went in a toast, and neither ever rejects. */
export function useMuting() {
  const { link } = useDeskSession();

  async function lift(mute: Pick<Mute, 'id'>): Promise<void> {
    try {
      const answer = await browserApi.liftMute(mute.id);
      link.want(answer);
      const back = answer.alerts === 0 ? {} : { description: `${alertsInWords(answer.alerts)} back` };
      await toasts.tell('success', 'Unmuted', back);
    } catch (error) {
      await toasts.tell('error', 'Not unmuted', { description: refusalOf(error) });
    }
    link.touch();
  }

  /** Resolves whether it is muted now. `words` name what is muted. */
  async function mute(request: MuteRequestInput, words: string): Promise<boolean> {
    try {
      const answer = await browserApi.createMute(request);
      link.want(answer);
      void toasts.tell('success', `Muted ${words}`, {
        description: answer.alerts === 0 ? 'No alert is open there' : `${alertsInWords(answer.alerts)} quiet`,
        ...withUndo(() => lift(answer.mute)),
      }); // it only waits for the place of toasts
      return true;
    } catch (error) {
      await toasts.tell('error', 'Not muted', { description: refusalOf(error) });
      return false;
    } finally {
      link.touch();
    }
  }

  async function liftAll(mutes: readonly Pick<Mute, 'id'>[]): Promise<void> {
    let alerts = 0;
    let left = mutes.length;
    try {
      for (const { id } of mutes) {
        const answer = await browserApi.liftMute(id);
        link.want(answer);
        alerts += answer.alerts;
        left -= 1;
      }
      await toasts.tell('success', 'Unmuted', { description: `${alertsInWords(alerts)} back` });
    } catch (error) {
      await toasts.tell('error', `${eventsInWords(left)} not unmuted`, { description: refusalOf(error) });
    }
    link.touch();
  }

  /**
   * A mute for each event, one after another, and one undo for all. Resolves whether all are muted now; what was muted
   * before one failed stays so, and can be undone.
   */
  async function muteEvents(ids: readonly EventId[], rest: Omit<MuteRequestInput, 'scope'>): Promise<boolean> {
    const made: Pick<Mute, 'id'>[] = [];
    let alerts = 0;
    let failure: unknown = null;
    try {
      for (const eventId of ids) {
        const answer = await browserApi.createMute({ ...rest, scope: { kind: 'event', eventId } });
        link.want(answer);
        made.push(answer.mute);
        alerts += answer.alerts;
      }
    } catch (error) {
      failure = error;
    }
    link.touch();
    const undo = withUndo(() => liftAll(made));
    if (failure === null) {
      void toasts.tell('success', `Muted ${eventsInWords(made.length)}`, {
        description: `${alertsInWords(alerts)} quiet`,
        ...undo,
      }); // it only waits for the place of toasts
      return true;
    }
    const title = made.length === 0 ? 'Not muted' : `Muted only ${made.length} of ${eventsInWords(ids.length)}`;
    await toasts.tell('error', title, { description: refusalOf(failure), ...(made.length === 0 ? {} : undo) });
    return false;
  }

  return { mute, muteEvents, lift };
}
