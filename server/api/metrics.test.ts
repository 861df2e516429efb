import { afterEach, expect, test } from 'vitest';
import { type Metrics, createMetrics } from './metrics.ts';

let metrics: Metrics | undefined;
afterEach(() => metrics?.close());

function setup() {
  const depth = { items: 2, rows: 30, bytes: 4_096, oldestAgeMs: 1_500 };
  const spent = { changed: { snapshots: 3, seconds: 0.00006 }, unchanged: { snapshots: 97, seconds: 0.0002 } };
  const created = createMetrics({ queueDepth: () => depth, sockets: () => 5, detection: () => spent });
  metrics = created;
  const sampleOf = async (name: string): Promise<number | undefined> => {
    const line = (await created.text()).split('\n').find((candidate) => candidate.startsWith(`linewatch_${name} `));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  };
  return { metrics: created, depth, sampleOf };
}

test('[OPS40] queue, sockets, event-loop delay and what detection took are read at each scrape', async () => {
  const { depth, sampleOf } = setup();
  expect(await sampleOf('queue_rows')).toBe(30);
  expect(await sampleOf('queue_bytes')).toBe(4_096);
  expect(await sampleOf('queue_oldest_age_seconds')).toBe(1.5);
  expect(await sampleOf('sockets')).toBe(5);
  depth.items = 0;
  expect(await sampleOf('queue_items')).toBe(0);
  expect(await sampleOf('event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);
  expect(await sampleOf('detected_snapshots_total{price="changed"}')).toBe(3);
  expect(await sampleOf('detection_seconds_total{price="unchanged"}')).toBe(0.0002);
  // Read, not added up.
  expect(await sampleOf('detected_snapshots_total{price="unchanged"}')).toBe(97);
});

test('[OPS41] snapshots, alerts, announcements, cuts and requests are counted under their labels', async () => {
  const { metrics: record, sampleOf } = setup();
  record.recordSnapshots({ accepted: 10, changed: 3 });
  record.recordSnapshots({ accepted: 5, changed: 0 });
  record.recordRejections('not_json', 2);
  record.recordAlert({ type: 'price_change', severity: 'critical' });
  record.recordAnnouncement({ topic: 'risk_alerts', sockets: 7 });
  record.recordCut({ code: 'slow' });
  record.recordCommit({ seconds: 0.004 });
  record.recordRequest({ route: '/api/alerts/:id', status: 404, seconds: 0.002 });
  expect(await sampleOf('snapshots_accepted_total')).toBe(15);
  expect(await sampleOf('snapshots_changed_total')).toBe(3);
  expect(await sampleOf('snapshots_rejected_total{code="not_json"}')).toBe(2);
  expect(await sampleOf('alerts_total{type="price_change",severity="critical"}')).toBe(1);
  expect(await sampleOf('announcements_total{topic="risk_alerts"}')).toBe(1);
  expect(await sampleOf('announcement_sends_total{topic="risk_alerts"}')).toBe(7);
  expect(await sampleOf('sockets_cut_total{code="slow"}')).toBe(1);
  expect(await sampleOf('commit_seconds_bucket{le="0.005"}')).toBe(1);
  expect(await sampleOf('http_request_seconds_count{route="/api/alerts/:id",status="404"}')).toBe(1);
});

test('[OPS42] two sets of metrics in one process do not disturb each other', async () => {
  const { metrics: first } = setup();
  const second = createMetrics({
    queueDepth: () => ({ items: 0, rows: 0, bytes: 0, oldestAgeMs: 0 }),
    sockets: () => 0,
    detection: () => ({}),
  });
  first.recordSnapshots({ accepted: 1, changed: 1 });
  expect(await second.text()).toContain('linewatch_snapshots_accepted_total 0');
  second.close();
});
