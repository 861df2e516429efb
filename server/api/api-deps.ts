import type { AlertFacets } from '../../contracts/alert-facets.ts';
import type {
  AcknowledgeAnswer,
  AcknowledgeRequest,
  AlertChanges,
  AlertFilter,
  AlertList,
  AlertPatch,
  AlertQuery,
  AlertStats,
} from '../../contracts/alert-query.ts';
import type { Alert, AlertWithExplanation } from '../../contracts/alert.ts';
import type {
  EventAnswer,
  EventHistory,
  EventList,
  EventOdds,
  EventQuery,
  HistoryQuery,
} from '../../contracts/event.ts';
import type { Desk } from '../../contracts/feed.ts';
import type { Readiness } from '../../contracts/health.ts';
import type { AlertId, EventId } from '../../contracts/ids.ts';
import type { MuteAnswer, MuteList, MuteQuery, MuteRequest } from '../../contracts/mute.ts';
import type { SavedViewAnswer, SavedViewList, SavedViewRequest } from '../../contracts/saved-view.ts';
import type { OddsBoard, OddsBoardQuery } from '../../contracts/odds-board.ts';
import type {
  RevisionList,
  RevisionQuery,
  SettingsInForce,
  SettingsOfRevision,
} from '../../contracts/settings-history.ts';
import type { TryLine, TryRequest } from '../../contracts/settings-try.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { IngestAnswer } from '../../contracts/snapshot.ts';
import type { SparklineList, SparklineQuery } from '../../contracts/sparkline.ts';
import type { Watermark } from '../../contracts/watermark.ts';

/** An ingest request as it came, its body not yet read. */
export type IngestRequest = {
  readonly body: ReadableStream<Uint8Array>;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly idempotencyKey: string | null;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
};

/** Who makes a change, as alerts and settings remember it. */
export type Actor = string;

/** What answers a request: one function each, over contract types. All of them may reject with an `AppError`. */
export type ApiDeps = {
  /** Resolves after the commit; for a known key with the same body, with the answer that was stored. */
  readonly ingest: (request: IngestRequest) => Promise<IngestAnswer>;

  /** The watermark in the answer must be read before its data or in the same snapshot. */
  readonly listAlerts: (query: AlertQuery) => Promise<AlertList>;
  readonly alertStats: () => Promise<AlertStats>;
  readonly alertFacets: (filter: AlertFilter) => Promise<AlertFacets>;
  /** Null where there is no such alert; the same below. */
  readonly getAlert: (id: AlertId) => Promise<AlertWithExplanation | null>;
  readonly patchAlert: (id: AlertId, patch: AlertPatch, actor: Actor) => Promise<Alert | null>;
  readonly acknowledge: (request: AcknowledgeRequest, actor: Actor) => Promise<AcknowledgeAnswer>;
  /** `epoch` is null when the caller named none. */
  readonly changes: (since: number, epoch: string | null) => Promise<AlertChanges>;
  /** The file in pieces of any size, heading included, already safe against formula injection. */
  readonly alertsCsv: (filter: AlertFilter) => AsyncIterable<string>;

  readonly listEvents: (query: EventQuery) => Promise<EventList>;
  readonly oddsBoard: (query: OddsBoardQuery) => Promise<OddsBoard>;
  readonly getEvent: (id: EventId) => Promise<EventAnswer | null>;
  readonly eventOdds: (id: EventId) => Promise<EventOdds | null>;
  readonly eventHistory: (id: EventId, query: HistoryQuery) => Promise<EventHistory | null>;
  readonly sparklines: (query: SparklineQuery) => Promise<SparklineList>;

  readonly listMutes: (query: MuteQuery) => Promise<MuteList>;
  readonly createMute: (request: MuteRequest, actor: Actor) => Promise<MuteAnswer>;
  readonly liftMute: (id: number, actor: Actor) => Promise<MuteAnswer | null>;

  readonly listViews: () => Promise<SavedViewList>;
  readonly createView: (request: SavedViewRequest, actor: Actor) => Promise<SavedViewAnswer>;
  readonly replaceView: (id: number, request: SavedViewRequest, actor: Actor) => Promise<SavedViewAnswer | null>;
  readonly deleteView: (id: number) => Promise<SavedViewAnswer | null>;

  readonly readSettings: () => Promise<SettingsInForce>;
  /** Rejects with `conflict` when `ifRevision` is given and is not the one in force. */
  readonly saveSettings: (
    settings: Settings,
    save: { readonly actor: Actor; readonly ifRevision: number | undefined },
  ) => Promise<SettingsInForce>;
  readonly settingsRevisions: (query: RevisionQuery) => Promise<RevisionList>;
  /** Null where there is no such revision; rejects with `conflict` when its settings would be refused today. */
  readonly settingsRevision: (revision: number) => Promise<SettingsOfRevision | null>;
  /** The lines of the answer as they are made; rejects with its first one, or tells of an error in its last. */
  readonly trySettings: (request: TryRequest, cancel: AbortSignal) => AsyncIterable<TryLine>;
  readonly desk: () => Promise<Desk>;
  readonly readiness: () => Promise<Readiness>;
  readonly metricsText: () => Promise<string>;

  /**
   * The newest watermark this process knows to be committed. It must have moved before a browser hears of that
   * watermark: the answer cache promises nothing older than it.
   */
  readonly watermark: () => Watermark;
  /**
   * When the next kickoff or end of a mute changes answers without a commit, in the milliseconds of `now` (of the wall, also when
   * the desk's clock runs a recording faster); Infinity when none is to come. At least as fresh as `watermark`.
   */
  readonly validUntilMs: () => number;
  /** Epoch milliseconds of the wall. */
  readonly now: () => number;

  readonly isAllowed: (headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
    readonly 'sec-fetch-site'?: string | undefined;
  }) => 'ok' | 'forbidden_host' | 'forbidden_origin';

  /** Hears of every failure that is not the caller's, once. */
  readonly logError: (error: unknown, request: { readonly method: string; readonly path: string }) => void;
  /** Hears of every answered request; `route` is its pattern (`/api/alerts/:id`), `unmatched` for none. */
  readonly observeRequest: (request: {
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }) => void;
};
