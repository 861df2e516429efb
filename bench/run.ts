// Every figure of the README, each beside its reference from the same run: `npm run bench [-- --json]`.
// Uses the rooms server/db and server/hub; the servers it measures are processes of their own.
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { runFanOut } from './fan-out.ts';
import { runIngest } from './ingest.ts';
import { runInsertReference } from './insert-reference.ts';
import { runQueueWithSockets } from './queue-with-sockets.ts';
import { runReads } from './reads.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

say('snapshots through POST, all changed …');
const allChanged = await runIngest({ changedShare: 1, polls: 40 });
say('snapshots through POST, 5 % changed …');
const fewChanged = await runIngest({ changedShare: 0.05, polls: 60 });
say('reference: createMany …');
const insert = await runInsertReference();
say('fan-out to 1,000 sockets …');
const fanOut = await runFanOut({});
say('rows through the queue, alone and with 1,000 sockets …');
const queue = await runQueueWithSockets();
say('reads at 100,000 alerts …');
const reads = await runReads();

if (values.json) {
  process.stdout.write(`${JSON.stringify({ allChanged, fewChanged, insert, fanOut, queue, reads }, null, 2)}\n`);
} else {
  const rows: [string, string, string][] = [
    ['what', 'Linewatch', 'reference in the same run'],
    [
      'snapshots/s, all changed',
      whole(allChanged.snapshotsPerSecond),
      `createMany alone ${whole(insert.rowsPerSecond)} rows/s`,
    ],
    ['snapshots/s, 5 % changed', whole(fewChanged.snapshotsPerSecond), ''],
    ['event-loop delay p99, all changed', `${allChanged.loopDelayP99Ms.toFixed(1)} ms`, 'to reach: 20 ms'],
    ['event-loop delay p99, 5 % changed', `${fewChanged.loopDelayP99Ms.toFixed(1)} ms`, 'to reach: 20 ms'],
    ['detection of a changed snapshot', `${allChanged.detectionMicros.changed.toFixed(1)} µs`, 'to reach: 20 µs'],
    ['detection of an unchanged snapshot', `${fewChanged.detectionMicros.unchanged.toFixed(1)} µs`, 'to reach: 5 µs'],
    [
      `announcement to ${whole(fanOut.sockets)} sockets`,
      `${fanOut.hubMs.toFixed(1)} ms`,
      `raw ws ${fanOut.rawMs.toFixed(1)} ms (ratio ${fanOut.ratio.toFixed(2)})`,
    ],
    [`the same, socket.io-client`, `${fanOut.libraryMs.toFixed(1)} ms`, `ratio ${fanOut.libraryRatio.toFixed(2)}`],
    [
      `rows/s through the queue, ${whole(queue.sockets)} sockets told`,
      whole(queue.withSocketsRowsPerSecond),
      `nobody connected ${whole(queue.aloneRowsPerSecond)} (ratio ${queue.ratio.toFixed(2)})`,
    ],
    ...reads.map((read): [string, string, string] => [
      `GET ${read.path.split('?')[0]} (${whole(read.bytes)} B)`,
      `${whole(read.requestsPerSecond)}/s, first answer ${read.firstAnswerMs.toFixed(1)} ms`,
      `bare Hono ${whole(read.bareRequestsPerSecond)}/s`,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  process.stdout.write(
    `\n${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n\n`,
  );
  for (const row of rows)
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
}
