import type { AcknowledgeAnswer, AcknowledgeRequest, AlertPatch } from '../contracts/alert-query.ts';
import type { Alert } from '../contracts/alert.ts';
import type { AlertId } from '../contracts/ids.ts';
import type { MuteAnswer, MuteRequest } from '../contracts/mute.ts';
import type { SavedViewAnswer, SavedViewRequest } from '../contracts/saved-view.ts';
import type { SettingsInForce } from '../contracts/settings-history.ts';
import type { Settings } from '../contracts/settings.ts';
import type { Watermark } from '../contracts/watermark.ts';
import type { Announcer, DeskChange } from './announcer.ts';

/** What a small write changed; null when it changed nothing. */
type Announcement = (DeskChange & { readonly watermark: Watermark }) | null;
type Written<Answer> = { readonly answer: Answer; readonly announcement: Announcement };

type ViewSave = { readonly actor: string; readonly nowMs: number };

/** The small writes of the desk. */
type Store = {
  readonly patchAlert: (
    id: AlertId,
    patch: AlertPatch,
    actor: string,
    nowMs: number,
  ) => Promise<{ readonly alert: Alert; readonly announcement: Announcement } | 'not_found'>;
  readonly acknowledgeMany: (
    request: AcknowledgeRequest,
    actor: string,
    nowMs: number,
  ) => Promise<Written<AcknowledgeAnswer>>;
  readonly createMute: (request: MuteRequest, actor: string, nowMs: number) => Promise<Written<MuteAnswer>>;
  readonly liftMute: (id: number, actor: string, nowMs: number) => Promise<Written<MuteAnswer> | 'not_found'>;
  readonly createView: (request: SavedViewRequest, save: ViewSave) => Promise<Written<SavedViewAnswer>>;
  readonly replaceView: (
    id: number,
    request: SavedViewRequest,
    save: ViewSave,
  ) => Promise<Written<SavedViewAnswer> | 'not_found'>;
  readonly deleteView: (id: number) => Promise<Written<SavedViewAnswer> | 'not_found'>;
  readonly saveSettings: (
    settings: Settings,
    save: { readonly actor: string; readonly nowMs: number; readonly ifRevision: number | undefined },
  ) => Promise<{ readonly answer: SettingsInForce; readonly watermark: Watermark | null }>;
};

/**
 * What traders change, each announced to every browser once it is committed. The answers are those of the store;
 * null where there is no such thing.
 */
export function createDeskWrites(options: {
  readonly store: Store;
  /** The desk's time. */
  readonly now: () => number;
  readonly committed: Announcer['committed'];
  /** Takes over settings that were saved. */
  readonly adoptSettings: (settings: SettingsInForce) => void;
  /** A mute may end sooner than whatever is awaited next. */
  readonly onMuted: () => void;
}) {
  const { store, now } = options;

  /** A small write raises the watermark by one. */
  function announce(announcement: Announcement): void {
    if (announcement !== null) options.committed({ ...announcement, fromSeq: announcement.watermark.seq - 1 });
  }

  return {
    announce,

    async patchAlert(id: AlertId, patch: AlertPatch, actor: string): Promise<Alert | null> {
      const patched = await store.patchAlert(id, patch, actor, now());
      if (patched === 'not_found') return null;
      announce(patched.announcement);
      return patched.alert;
    },

    async acknowledge(request: AcknowledgeRequest, actor: string): Promise<AcknowledgeAnswer> {
      const { answer, announcement } = await store.acknowledgeMany(request, actor, now());
      announce(announcement);
      return answer;
    },

    async createMute(request: MuteRequest, actor: string): Promise<MuteAnswer> {
      const { answer, announcement } = await store.createMute(request, actor, now());
      announce(announcement);
      options.onMuted();
      return answer;
    },

    async liftMute(id: number, actor: string): Promise<MuteAnswer | null> {
      const lifted = await store.liftMute(id, actor, now());
      if (lifted === 'not_found') return null;
      announce(lifted.announcement);
      return lifted.answer;
    },

    async createView(request: SavedViewRequest, actor: string): Promise<SavedViewAnswer> {
      const { answer, announcement } = await store.createView(request, { actor, nowMs: now() });
      announce(announcement);
      return answer;
    },

    async replaceView(id: number, request: SavedViewRequest, actor: string): Promise<SavedViewAnswer | null> {
      const replaced = await store.replaceView(id, request, { actor, nowMs: now() });
      if (replaced === 'not_found') return null;
      announce(replaced.announcement);
      return replaced.answer;
    },

    async deleteView(id: number): Promise<SavedViewAnswer | null> {
      const deleted = await store.deleteView(id);
      if (deleted === 'not_found') return null;
      announce(deleted.announcement);
      return deleted.answer;
    },

    async saveSettings(
      settings: Settings,
      save: { readonly actor: string; readonly ifRevision: number | undefined },
    ): Promise<SettingsInForce> {
      const { answer, watermark } = await store.saveSettings(settings, { ...save, nowMs: now() });
      options.adoptSettings(answer);
      announce(watermark === null ? null : { watermark, alertCount: 0, eventIds: [], severities: [] });
      return answer;
    },
  };
}
