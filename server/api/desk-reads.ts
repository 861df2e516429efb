import type { ApiDeps } from './api-deps.ts';

/** A read of the API that the store answers for an instant of the desk's time. */
type AtTime<Name extends keyof ApiDeps> = ApiDeps[Name] extends (...query: infer Query) => infer Answer
  ? (...query: [...Query, nowMs: number]) => Answer
  : never;
type OrNotFound<Value> = Promise<NonNullable<Value> | 'not_found'>;
type Found<Name extends keyof ApiDeps> = ApiDeps[Name] extends (...query: never[]) => Promise<infer Value>
  ? OrNotFound<Value>
  : never;
type Query<Name extends keyof ApiDeps> = ApiDeps[Name] extends (...query: infer Parts) => unknown ? Parts : never;

/** What the desk's store reads. */
type Store = {
  readonly [Name in 'listAlerts' | 'alertStats' | 'alertFacets' | 'listEvents' | 'sparklines']: AtTime<Name>;
} & { readonly [Name in 'listMutes' | 'listViews']: AtTime<Name> } & {
  readonly [Name in 'readSettings' | 'settingsRevisions' | 'settingsRevision']: ApiDeps[Name];
} & {
  readonly changesSince: (since: number, epoch: string | undefined, nowMs: number) => ReturnType<ApiDeps['changes']>;
  readonly alertCsv: AtTime<'alertsCsv'>;
  readonly getAlert: (...query: [...Query<'getAlert'>, nowMs: number]) => Found<'getAlert'>;
  readonly getEvent: (...query: [...Query<'getEvent'>, nowMs: number]) => Found<'getEvent'>;
  readonly eventOdds: (...query: [...Query<'eventOdds'>, ownBookmaker: string]) => Found<'eventOdds'>;
  readonly eventHistory: (
    ...query: [...Query<'eventHistory'>, ownBookmaker: string, nowMs: number]
  ) => Found<'eventHistory'>;
  readonly oddsBoard: (
    ...query: [...Query<'oddsBoard'>, nowMs: number, ownBookmaker: string]
  ) => ReturnType<ApiDeps['oddsBoard']>;
};

const found = <Value>(value: Value | 'not_found'): Value | null => (value === 'not_found' ? null : value);

/** What traders read, at the desk's time and from our own book's side; null where there is no such thing. */
export function createDeskReads(options: {
  readonly store: Store;
  /** The desk's time. */
  readonly now: () => number;
  readonly ownBookmaker: () => string;
}) {
  const { store, now, ownBookmaker } = options;
  return {
    listAlerts: (query) => store.listAlerts(query, now()),
    alertStats: () => store.alertStats(now()),
    alertFacets: (filter) => store.alertFacets(filter, now()),
    getAlert: async (id) => found(await store.getAlert(id, now())),
    changes: (since, epoch) => store.changesSince(since, epoch ?? undefined, now()),
    alertsCsv: (filter) => store.alertCsv(filter, now()),
    listEvents: (query) => store.listEvents(query, now()),
    oddsBoard: (query) => store.oddsBoard(query, now(), ownBookmaker()),
    getEvent: async (id) => found(await store.getEvent(id, now())),
    eventOdds: async (id) => found(await store.eventOdds(id, ownBookmaker())),
    eventHistory: async (id, query) => found(await store.eventHistory(id, query, ownBookmaker(), now())),
    sparklines: (query) => store.sparklines(query, now()),
    listMutes: (query) => store.listMutes(query, now()),
    listViews: () => store.listViews(now()),
    readSettings: store.readSettings,
    settingsRevisions: store.settingsRevisions,
    settingsRevision: store.settingsRevision,
  } satisfies Partial<ApiDeps>;
}
