import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AlertType, Severity } from '../../contracts/alert.ts';
import type { Rejection } from '../../contracts/snapshot.ts';
import type { Topic } from '../../contracts/socket.ts';

/** What is asked for at every scrape. Cheap, in memory. */
export type MetricSources = {
  readonly queueDepth: () => {
    readonly items: number;
    readonly rows: number;
    readonly bytes: number;
    /** Milliseconds since the oldest waiting item came; 0 when none waits. */
    readonly oldestAgeMs: number;
  };
  readonly sockets: () => number;
  /** What detection took since the start, by whether a snapshot changed its price. */
  readonly detection: () => { readonly [price: string]: { readonly snapshots: number; readonly seconds: number } };
};

const PREFIX = 'linewatch_';
const COMMIT_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const REQUEST_BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30];
const LOOP_RESOLUTION_MS = 10;
const NANOSECONDS_PER_SECOND = 1e9;
const QUANTILES = [0.5, 0.9, 0.99] as const;

/**
 * The figures of one process for Prometheus: functions that record, and the text. Units are in the names, as
 * Prometheus asks for; counters start at 0 with every process. `close` stops watching the event loop.
 */
export function createMetrics(sources: MetricSources) {
  const registry = new Registry();
  const registers = [registry];

  const gauge = (name: string, help: string, read: () => number): void => {
    registry.registerMetric(
      new Gauge({
        name: PREFIX + name,
        help,
        registers: [],
        collect() {
          this.set(read());
        },
      }),
    );
  };
  const read = (name: string, help: string, of: 'snapshots' | 'seconds'): void => {
    registry.registerMetric(
      new Counter({
        name: PREFIX + name,
        help,
        labelNames: ['price'],
        registers: [],
        collect() {
          this.reset();
          for (const [price, spent] of Object.entries(sources.detection())) this.inc({ price }, spent[of]);
        },
      }),
    );
  };
  const counter = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: PREFIX + name, help, labelNames: [...labelNames], registers });
  const histogram = <Label extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly Label[] = [],
  ) => new Histogram({ name: PREFIX + name, help, buckets: [...buckets], labelNames: [...labelNames], registers });

  gauge('queue_items', 'Batches that wait for their commit.', () => sources.queueDepth().items);
  gauge('queue_rows', 'Snapshots that wait for their commit.', () => sources.queueDepth().rows);
  gauge('queue_bytes', 'Memory that waiting batches hold.', () => sources.queueDepth().bytes);
  gauge(
    'queue_oldest_age_seconds',
    'How long the oldest waiting batch waits.',
    () => sources.queueDepth().oldestAgeMs / 1000,
  );
  gauge('sockets', 'Connected browsers.', sources.sockets);
  gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());

  read('detected_snapshots_total', 'Snapshots that detection judged, by whether they changed a price.', 'snapshots');
  read('detection_seconds_total', 'What judging them took.', 'seconds');

  const commits = histogram(
    'commit_seconds',
    'From the beginning of a transaction to its commit.',
    COMMIT_BUCKETS_SECONDS,
  );
  const accepted = counter('snapshots_accepted_total', 'Snapshots that were committed.');
  const changed = counter('snapshots_changed_total', 'Committed snapshots that changed a price or a state.');
  const rejected = counter('snapshots_rejected_total', 'Lines that were refused, by reason.', ['code']);
  const quarantined = counter(
    'quarantined_total',
    'Prices that were not taken (not to be meant, outdated, ahead of the clock), by bookmaker and reason.',
    ['bookmaker', 'reason'],
  );
  const alerts = counter('alerts_total', 'Alerts that were opened or became worse.', ['type', 'severity']);
  const announcements = counter('announcements_total', 'Messages told to browsers, by topic.', ['topic']);
  const sends = counter('announcement_sends_total', 'Messages times the sockets that they went to.', ['topic']);
  const cuts = counter('sockets_cut_total', 'Connections that were ended by the server, by reason.', ['code']);
  const requests = histogram(
    'http_request_seconds',
    'HTTP requests until their answer began.',
    REQUEST_BUCKETS_SECONDS,
    ['route', 'status'],
  );

  const loopDelay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loopDelay.enable();
  const loopDelayGauge = new Gauge({
    name: `${PREFIX}event_loop_delay_seconds`,
    help: 'How much later than due a timer ran since the last scrape; quantile 1 is the worst.',
    labelNames: ['quantile'],
    registers: [],
    collect() {
      // The monitor measures the whole interval between two of its timers, the resolution included.
      const seconds = (nanoseconds: number): number =>
        Math.max(0, nanoseconds / NANOSECONDS_PER_SECOND - LOOP_RESOLUTION_MS / 1000);
      for (const quantile of QUANTILES) this.set({ quantile }, seconds(loopDelay.percentile(quantile * 100)));
      this.set({ quantile: 1 }, seconds(loopDelay.max));
      loopDelay.reset();
    },
  });
  registry.registerMetric(loopDelayGauge);

  return {
    /** One committed transaction. */
    recordCommit: (commit: { readonly seconds: number }): void => commits.observe(commit.seconds),
    /** What one committed batch held. */
    recordSnapshots(batch: { readonly accepted: number; readonly changed: number }): void {
      accepted.inc(batch.accepted);
      changed.inc(batch.changed);
    },
    recordRejections: (code: Rejection['code'], count: number): void => rejected.inc({ code }, count),
    recordQuarantine: (taken: { readonly bookmaker: string; readonly reason: string; readonly count: number }): void =>
      quarantined.inc({ bookmaker: taken.bookmaker, reason: taken.reason }, taken.count),
    recordAlert: (alert: { readonly type: AlertType; readonly severity: Severity }): void =>
      alerts.inc({ type: alert.type, severity: alert.severity }),
    recordAnnouncement({ topic, sockets }: { readonly topic: Topic; readonly sockets: number }): void {
      announcements.inc({ topic });
      sends.inc({ topic }, sockets);
    },
    recordCut: ({ code }: { readonly code: string }): void => cuts.inc({ code }),
    recordRequest: (request: { readonly route: string; readonly status: number; readonly seconds: number }): void =>
      requests.observe({ route: request.route, status: request.status }, request.seconds),
    text: (): Promise<string> => registry.metrics(),
    close: (): void => void loopDelay.disable(),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
