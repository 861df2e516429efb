import type { Settings } from '../../contracts/settings.ts';
import type { Finding } from '../detection/detection.ts';
import { type WatchedEvent, findSilences } from '../detection/feed-silence.ts';
import type { EventCache } from './event-cache.ts';

const MAX_TOLD_SILENCES = 1_000;
/** A feed that makes up names must not fill the memory. */
const MAX_RECEIVED_BOOKS = 10_000;

type Names = ReadonlyMap<string, number>;

/** Which feeds have fallen silent, by what is remembered, by what came in here, and by what others stored. */
export function createSilentFeeds(options: {
  readonly cache: EventCache;
  /** The desk's clock; without one only the times of the prices tell a silence. */
  readonly now?: (() => number) | undefined;
}) {
  const { cache, now } = options;
  const createdMs = now?.() ?? Number.NEGATIVE_INFINITY;
  /** When something of a bookmaker last came in, on the desk's clock. */
  const received = new Map<string, number>();
  /** Last words that are stored, as of the last look: other processes hear what this one does not. */
  let stored: Names = new Map();
  /** Silences that this process has told: only to spare the database what it knows already. */
  const told = new Set<string>();

  function* remembered(): Generator<WatchedEvent> {
    for (const [, { id, state }] of cache.entries()) yield { eventId: id, state };
  }

  const silences = (nowMs: number, settings: Settings) =>
    findSilences(
      remembered(),
      nowMs,
      settings,
      (bookmaker) => received.get(bookmaker) ?? createdMs,
      (bookmaker) => stored.get(bookmaker) ?? Number.NEGATIVE_INFINITY,
    );

  return {
    /** To be called when prices of a bookmaker come in, whatever becomes of them: who sends is not silent. */
    heard(bookmaker: string): void {
      if (now === undefined) return;
      if (received.size < MAX_RECEIVED_BOOKS || received.has(bookmaker)) received.set(bookmaker, now());
    },

    /** Whether a feed is silent at `nowMs` that this process has not told of; reads memory only. */
    isOneSilent: (nowMs: number, settings: Settings): boolean =>
      silences(nowMs, settings).some(({ finding }) => !told.has(finding.alertKey)),

    /** The silent feeds, each at the producer's id of its match; what was told before has its alert under the same key. */
    find(
      nowMs: number,
      settings: Settings,
      lastWords: Names,
    ): readonly { readonly sourceKey: string; readonly finding: Finding }[] {
      stored = lastWords;
      const sourceKeys = new Map([...cache.entries()].map(([sourceKey, { id }]) => [id as number, sourceKey]));
      return silences(nowMs, settings).flatMap(({ event, finding }) => {
        const sourceKey = sourceKeys.get(event.eventId);
        return sourceKey === undefined ? [] : [{ sourceKey, finding }];
      });
    },

    /** Only after the commit: a silence whose transaction failed is told with the next look. */
    told(alertKeys: readonly string[]): void {
      for (const key of alertKeys) told.add(key);
      while (told.size > MAX_TOLD_SILENCES) told.delete(told.values().next().value ?? '');
    },
  };
}
