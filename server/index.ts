import path from 'node:path';
import type { IngestAnswer } from '../contracts/snapshot.ts';
import { createAnnouncer } from './announcer.ts';
import { createAnswerCache } from './api/answer-cache.ts';
import type { ApiDeps } from './api/api-deps.ts';
import { createApiListener } from './api/api-listener.ts';
import { createApi } from './api/api.ts';
import { createCachedAnswers } from './api/cached-answer.ts';
import { createClock } from './clock.ts';
import { LIMITS } from './config.ts';
import { createDeskStore } from './db/desk-store.ts';
import { renewEpoch } from './db/epoch.ts';
import { isTransient, toAppError } from './db/errors.ts';
import { forgetOldAnswers } from './db/idempotency-keys.ts';
import { createPriceStore } from './db/price-store.ts';
import { startDatabase } from './db/start-database.ts';
import { createWakeUp } from './db/wake-up.ts';
import { detect } from './detection/detect.ts';
import { createDetectionClock } from './detection/detection-clock.ts';
import { fairOfRow } from './detection/fair-prices.ts';
import { createDeskFrame } from './desk-frame.ts';
import { createDeskReads } from './api/desk-reads.ts';
import { createDeskWrites } from './desk-writes.ts';
import { openFailPoints, parentChannel } from './fail-points.ts';
import { createFeedWatch } from './feed-watch.ts';
import { startHousekeeping } from './housekeeping.ts';
import { closeServer, createHttpServer, listen } from './http-server.ts';
import { createMetrics } from './api/metrics.ts';
import { createCoalescer } from './hub/coalesce.ts';
import { createHub } from './hub/hub.ts';
import type { BatchResult } from './ingest/batch-result.ts';
import { createBodyReader } from './ingest/body-reader.ts';
import { createCommitReport } from './ingest/commit-report.ts';
import { createDryRun } from './ingest/dry-run.ts';
import { createEventCache } from './ingest/event-cache.ts';
import { type IngestBatch, silenceBatch } from './ingest/ingest-batch.ts';
import { createPipeline } from './ingest/pipeline.ts';
import { checkRecording } from './ingest/recording.ts';
import { createSpool } from './ingest/spool.ts';
import { createKickoffWatch } from './kickoff-watch.ts';
import { captureConsole, complain, createLog, logFailedRequest, logTrouble } from './log.ts';
import { createPriceFollower } from './price-follower.ts';
import { createOriginCheck, type OriginCheck } from './origin-check.ts';
import { ownBookmakerChanged, settleOwnBookmaker } from './own-bookmaker.ts';
import { isNextUpgrade, preparePages } from './pages.ts';
import { createWriteQueue } from './queue/write-queue.ts';
import { createProcessShutdown, readConfigOrExit, startOrExit } from './process-life.ts';
import { createProxyGate } from './proxy-gate.ts';
import { createQuarantineCounts } from './quarantine-counts.ts';
import { databasePart, queuePart } from './readiness.ts';
import { publishRuntime } from './runtime.ts';
import { createSettingsInForce } from './settings-in-force.ts';
import { createSilenceWatch } from './silence-watch.ts';
import { withinTime } from './within-time.ts';
import { createWriteHealth } from './write-health.ts';
import { startFeed } from './ingest/start-feed.ts';
import { createWritePath } from './ingest/write-path.ts';

const DAY_MS = 86_400_000;
const dev = process.argv.includes('--dev');
const config = readConfigOrExit();
const log = createLog(config.logLevel);
// In development Next's own words, of what it compiled and how long it took, are what one looks for.
if (!dev) captureConsole(log);
const onError = (error: unknown, what = 'background work failed'): void =>
  logTrouble(log, isTransient(error) ? toAppError(error) : error, what);
const shutdown = createProcessShutdown(log);

await startOrExit(start, { log, shutdown });

async function start(): Promise<void> {
  const clock = createClock();
  const failPoints = openFailPoints(process.env['LINEWATCH_FAIL_POINTS'], parentChannel());
  const onStep = (text: string): void => log.info(text);

  if (config.feed.kind === 'replay') await checkRecording(config.feed.file);
  const { database, databaseUrl } = await startDatabase({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    onStop: shutdown.onStop,
    onStep,
    warn: (text, error) => log.warn({ err: error }, text),
  });

  const desk = createDeskStore(database, { ownBookmaker: config.ownBookmaker, fairOf: fairOfRow });
  const askedOwnBookmaker = config.ownBookmakerFrom === 'environment' ? config.ownBookmaker : undefined;
  const settings = createSettingsInForce(
    await settleOwnBookmaker({
      stored: await desk.readSettings(),
      asked: askedOwnBookmaker,
      byDefault: config.ownBookmaker,
      save: async (next) => (await desk.saveSettings(next, { actor: 'OWN_BOOKMAKER', nowMs: clock.now() })).answer,
      say: (text) => log.warn(text),
    }),
    { onOwnBookmaker: (change) => log.warn(ownBookmakerChanged(askedOwnBookmaker, change)) },
  );
  const heardLatelyMs = (): number => clock.now() - settings.current().retentionDays.history * DAY_MS;
  const detection = createDetectionClock(detect);
  const metrics = createMetrics({
    queueDepth: () => queue.depth(),
    sockets: () => hub.status().sockets,
    detection: detection.spent,
  });
  let check: OriginCheck = () => 'forbidden_host';

  const spool = createSpool({ directory: path.join(config.dataDir, 'spool') });
  await spool.sweep();

  const isAdmitted = createProxyGate(config.proxySecret);
  // The hub is created before the queue, so that the first commit already has its listener.
  const server = createHttpServer({
    api: (request, response) => apiListener(request, response),
    pages: (request, response) => pages.handle(request, response),
    isAdmitted: (request) => isAdmitted(request.headers),
    check: (request) => check(request.headers),
  });
  const pages = await preparePages({ dev, server });
  shutdown.onStop('the pages', pages.close);
  shutdown.onStop('the HTTP server', () => closeServer(server));
  const hub = createHub({
    server,
    desk: { watermark: () => announcer.watermark(), counts: () => frame.counts() },
    isAllowed: (headers) => isAdmitted(headers) && check(headers) === 'ok',
    now: clock.now,
    allowUpgrade: (url) => dev && isNextUpgrade(url),
    onError: (error) => onError(error, 'the hub could not tell the browsers; it will try again'),
    onAnnounced: metrics.recordAnnouncement,
    onCut: metrics.recordCut,
  });
  shutdown.onStop('the hub', hub.close);
  const announcer = createAnnouncer({
    initial: await desk.watermark(),
    announce: hub.announceAlerts,
    changedBetween: (fromSeq, toSeq) => desk.alertsChangedBetween(fromSeq, toSeq, clock.now()),
    onOthers: () => {
      kickoffs.refresh();
      settingsReading.push('again');
    },
    onError,
  });
  const settingsReading = createCoalescer<'again'>({
    merge: (earlier) => earlier,
    send: async () => settings.adopt(await desk.readSettings()),
    minGapMs: LIMITS.settingsGapMs,
    retryMs: LIMITS.settingsRetryMs,
    onError: (error) => onError(error, 'the settings could not be read; trying again'),
  });
  shutdown.onStop('the reading of settings', settingsReading.close);
  const newestHistoryId = await desk.newestHistoryId();
  const prices = createPriceFollower({
    initial: await desk.oddsHead(),
    initialHistoryId: newestHistoryId,
    changesAfter: desk.priceChanges,
    announce: (change) => hub.announceOdds({ ...change, watermark: announcer.watermark() }),
    onError,
  });
  shutdown.onStop('the following of prices', prices.stop);

  const pipeline = createPipeline({
    store: createPriceStore(database.writer, clock.now, failPoints?.reach),
    cache: createEventCache({ maxEvents: LIMITS.maxCachedEvents }),
    detect: detection.detect,
    settings: settings.current,
    now: clock.now,
  });
  const writing = createWriteHealth({
    trouble: (error) => (isTransient(error) ? toAppError(error).message : null),
    probe: () => {
      // What fails is watched where every commit is.
      if (queue.depth().items === 0) void writePath.submit([]).catch(() => undefined);
    },
  });
  const announceCommit = createCommitReport({
    onDeskMoved(news) {
      kickoffs.refresh();
      announcer.committed(news);
    },
    onPricesStored: prices.committed,
    onPricesChanged: hub.announceOdds,
    onAlert: metrics.recordAlert,
    onQuarantined: (each) => quarantine.add(each),
  });
  const queue = createWriteQueue<IngestBatch, BatchResult>({
    commit: commitTimed,
    onCommitted: failPoints?.aroundEmit(announceCommit) ?? announceCommit,
    isTransient,
    maxRows: LIMITS.queueMaxRows,
    maxBytes: LIMITS.queueMaxBytes,
    maxGroupRows: LIMITS.queueMaxGroupRows,
    deadlineMs: LIMITS.queueDeadlineMs,
    retry: { firstDelayMs: LIMITS.queueFirstRetryMs, maxDelayMs: LIMITS.queueMaxRetryMs },
    onError: (error, during) => log.warn({ err: error, during }, 'a commit did not go through as planned'),
  });
  shutdown.onStop('the write queue', queue.close);
  const writePath = createWritePath({
    push: (item) =>
      queue.push(item).catch((error: unknown) => {
        throw toAppError(error);
      }),
    onStored: countStored,
  });

  const quarantine = createQuarantineCounts({ onCounted: metrics.recordQuarantine });
  const silences = createSilenceWatch({
    hears: () => pipeline.hearsSilence(clock.now()),
    tell: () => writePath.store(silenceBatch(clock.now())),
    everyMs: LIMITS.feedStatusMs,
    onError: (error) => onError(error, 'a silent feed could not be told; it will be tried again'),
  });
  shutdown.onStop('the watch of silent feeds', silences.stop);

  async function commitTimed(group: readonly IngestBatch[]): Promise<readonly BatchResult[]> {
    const startedMs = performance.now();
    const results = await writing.watch(pipeline.commit(group));
    metrics.recordCommit({ seconds: (performance.now() - startedMs) / 1_000 });
    return results;
  }

  function countStored(batch: IngestBatch, answer: IngestAnswer): void {
    metrics.recordSnapshots(answer);
    for (const [code, rejected] of Map.groupBy(batch.rejected, (rejection) => rejection.code)) {
      metrics.recordRejections(code, rejected.length);
    }
  }

  const { announce: announceDesk, ...writes } = createDeskWrites({
    store: desk,
    now: clock.now,
    committed: announcer.committed,
    adoptSettings: settings.adopt,
    onMuted: () => kickoffs.refresh(),
  });

  const frame = createDeskFrame({
    watermark: announcer.watermark,
    validUntilMs: () => kickoffs.validUntilMs(),
    feed: config.feed.kind,
    clock,
    settings: settings.current,
    summary: (nowMs) => desk.deskSummary(nowMs, heardLatelyMs()),
    quarantined: quarantine.of,
    counts: desk.alertCounts,
    database: async () => {
      const reading = await databasePart(() => withinTime(desk.watermark(), LIMITS.readinessMs));
      return reading.ok ? writing.part() : reading;
    },
    queue: () => queuePart(queue.depth(), { maxRows: LIMITS.queueMaxRows, maxBytes: LIMITS.queueMaxBytes }),
    hub: hub.status,
  });

  const kickoffs = createKickoffWatch({
    now: clock.now,
    rate: clock.rate,
    nextKickoff: desk.nextKickoff,
    nextMuteEnd: desk.nextMuteEnd,
    async pass(nowMs) {
      announceDesk(await desk.passKickoffs(nowMs));
      announceDesk(await desk.passMuteEnds(nowMs));
    },
    rewind: async (nowMs) => announceDesk(await desk.rewindKickoffs(nowMs)),
    onError,
  });
  shutdown.onStop('the watch of kickoffs and mutes', kickoffs.stop);

  const dryRun = createDryRun({ detect, eventsIn: desk.eventsInRange, historyOf: desk.replayHistory, onError });
  shutdown.onStop('the try of settings', dryRun.stop);

  const readBody = createBodyReader({
    spool,
    now: clock.now,
    maxBytes: LIMITS.bodiesMaxBytes,
    maxBookmakers: LIMITS.maxBookmakers,
    // Who said nothing for as long as prices are kept makes room for others.
    storedBookmakers: () => desk.bookmakerNames(heardLatelyMs()),
    ownBookmaker: () => settings.current().ownBookmaker,
    // Before the commit: while the database is away no feed that sends is silent.
    onHeard: pipeline.heard,
    onRefused: (bookmaker, reason) => quarantine.add({ bookmaker, reason, count: 1 }),
  });
  const reads = createDeskReads({
    store: desk,
    now: clock.now,
    ownBookmaker: () => settings.current().ownBookmaker,
  });
  const apiDeps: ApiDeps = {
    ...reads,
    ...writes,
    ingest: async (request) => writePath.store(await readBody(request)),
    trySettings: dryRun.run,
    desk: frame.desk,
    readiness: frame.readiness,
    metricsText: metrics.text,
    watermark: announcer.watermark,
    validUntilMs: kickoffs.validUntilMs,
    now: Date.now,
    isAllowed: (headers) => check(headers),
    logError: (error, request) => logFailedRequest(log, error, request),
    observeRequest: metrics.recordRequest,
  };
  const answers = createCachedAnswers(createAnswerCache(apiDeps));
  const api = createApi(apiDeps, answers);
  const apiListener = createApiListener(api.fetch, { ...apiDeps, answers });
  publishRuntime({ fetchApi: async (request) => api.fetch(request) });

  const wakeUp = createWakeUp({
    url: databaseUrl,
    pollMs: LIMITS.watermarkPollMs,
    onWatermark: announcer.heard,
    onWentBack: (known) => {
      log.warn({ known }, 'the database was put back to an earlier state; every browser reads it anew');
      renewEpoch(database.writer, known).catch(onError);
    },
    onMaybeReplaced: () => void database.adopt().catch(onError),
    onOddsVersion: prices.heard,
    onConnected: (connected, error) =>
      connected
        ? log.debug('listening for commits')
        : log.warn({ err: error }, 'cannot hear of other commits; trying again'),
  });
  shutdown.onStop('the wake-up by the database', wakeUp.close);
  const feeds = createFeedWatch({
    read: frame.feeds,
    announce: hub.announceFeeds,
    everyMs: LIMITS.feedStatusMs,
    onError,
  });
  shutdown.onStop('the watch of feeds', feeds.stop);

  const housekeeping = startHousekeeping({
    retentionStep: () => desk.retentionStep(settings.current().retentionDays, clock.now()),
    forgetOldAnswers: (bounds) => forgetOldAnswers(database.writer, bounds),
    isBusy: () => queue.depth().rows >= LIMITS.retentionYieldsAtRows,
    onSwept: (sweep) => log.info(sweep, 'deleted what had been kept long enough'),
    onError,
  });
  shutdown.onStop('the deletion of what is old', housekeeping.stop);

  const source = startFeed({
    feed: config.feed,
    submit: writePath.submit,
    ownBookmaker: settings.current().ownBookmaker,
    isNew: newestHistoryId === 0,
    clock,
    onClockSet: async () => announceDesk(await desk.rewindKickoffs(clock.now())),
    onStep,
    onRefused: (message) => log.warn(message),
  });
  if (source !== null) shutdown.onStop('the feed', source.stop);
  // Who comes first finds a desk that has caught up, and not its past as news.
  await source?.present;
  // Stopped meanwhile: nobody is to come in any more.
  if (shutdown.hasBegun()) return;

  const port = await listen(server, config.port, config.host);
  check = createOriginCheck({ host: config.host, port, extraHosts: config.publicHosts });
  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  log.info(
    { url, feed: config.feed.kind, ownBookmaker: settings.current().ownBookmaker },
    `Linewatch is ready at ${url}`,
  );
  source?.done.then(
    ({ outcome, ...summary }) => log.info(summary, `the ${config.feed.kind} feed has ${outcome}`),
    (error: unknown) => complain(log, 'error', error, 'The feed has ended, prices come over HTTP alone now'),
  );
}
