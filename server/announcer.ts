import type { Severity } from '../contracts/alert.ts';
import { SEVERITIES } from '../contracts/alert-words.ts';
import type { EventId } from '../contracts/ids.ts';
import { compareWatermarks, type Watermark } from '../contracts/watermark.ts';

/** What changed on the desk: how many alerts, of which events, of which severities. */
export type DeskChange = {
  readonly alertCount: number;
  readonly eventIds: readonly EventId[];
  readonly severities: readonly Severity[];
};

/** A change that this process committed itself: everything from `fromSeq`, exclusive, to the watermark. */
export type OwnChange = DeskChange & { readonly fromSeq: number; readonly watermark: Watermark };

/**
 * Keeps the watermark that this process knows and tells browsers of every move of it exactly once, whoever
 * committed it: this process, which knows what it changed, or another one, whose changes are looked up.
 */
export function createAnnouncer(options: {
  readonly initial: Watermark;
  readonly announce: (change: DeskChange & { readonly watermark: Watermark }) => void;
  /** Alerts whose last change lies in (fromSeq, toSeq]. */
  readonly changedBetween: (fromSeq: number, toSeq: number) => Promise<DeskChange>;
  /** Somebody else committed: what this process remembers of settings and kickoffs may be out of date. */
  readonly onOthers: () => void;
  readonly onError: (error: unknown) => void;
}) {
  let known = options.initial;

  async function announceOthers(fromSeq: number, watermark: Watermark): Promise<void> {
    options.onOthers();
    try {
      options.announce({ ...(await options.changedBetween(fromSeq, watermark.seq)), watermark });
    } catch (error) {
      // The watermark itself must get through: a browser that hears it and is behind refetches by itself.
      options.announce({ alertCount: 0, eventIds: [], severities: [...SEVERITIES], watermark });
      options.onError(error);
    }
  }

  return {
    /** The newest watermark this process knows to be committed. */
    watermark: (): Watermark => known,

    /** After an own commit. Returns at once and never throws. */
    committed(change: OwnChange): void {
      const { fromSeq, watermark, ...what } = change;
      const relation = compareWatermarks(known, watermark);
      if (relation === 'same' || relation === 'ahead') return;
      const gapFrom = known.seq;
      const gap = relation === 'behind' && fromSeq > gapFrom;
      known = watermark;
      if (gap) void announceOthers(gapFrom, { epoch: watermark.epoch, seq: fromSeq });
      options.announce({ ...what, watermark });
    },

    /** After hearing of a watermark from the database. */
    heard(watermark: Watermark): void {
      const relation = compareWatermarks(known, watermark);
      if (relation === 'same' || relation === 'ahead') return;
      const fromSeq = relation === 'other_epoch' ? 0 : known.seq;
      known = watermark;
      void announceOthers(fromSeq, watermark);
    },
  };
}

export type Announcer = ReturnType<typeof createAnnouncer>;
