/**
 * `npm run replay -- FILE [--speed 60] [--url http://127.0.0.1:3000] [--times paced]`: sends a recording to a
 * running Linewatch over its ingest API. Uses the recording reader of `server/ingest`.
 */
import { parseArgs } from 'node:util';
import { AppError } from '../contracts/errors.ts';
import { type ReplayArguments, type ReplayReport, sendRecording } from './send-recording.ts';

const USAGE = `Usage: npm run replay -- FILE [options]

  FILE               a recording: one JSON snapshot a line, or the same compressed with gzip
  --speed N | max    recorded seconds per second (60: an hour a minute); max waits for nothing
  --url URL          where Linewatch runs (http://127.0.0.1:3000)
  --times WORD       paced: the first poll is now, and times run as fast as the replay, kickoffs too (at max:
                     each poll is of its moment, kickoffs as far off as recorded); recorded: as they are (paced)
  --help             this text
`;

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** What the command line asks for, or what is wrong with it. */
export function readArguments(args: readonly string[]): ReplayArguments | { readonly wrong: string } | 'help' {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        speed: { type: 'string', default: '60' },
        url: { type: 'string', default: 'http://127.0.0.1:3000' },
        times: { type: 'string', default: 'paced' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : 'expected other arguments' };
  }
  const { values, positionals } = parsed;
  if (values.help) return 'help';
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) return { wrong: `expected one FILE, got ${positionals.length}` };
  const speed = values.speed === 'max' ? 'max' : Number(values.speed);
  if (speed !== 'max' && !(Number.isFinite(speed) && speed > 0)) {
    return { wrong: `--speed: expected a number above 0 or max, got "${values.speed}"` };
  }
  const { times } = values;
  if (times !== 'paced' && times !== 'recorded')
    return { wrong: `--times: expected paced or recorded, got "${times}"` };
  const url = URL.canParse(values.url) ? new URL(values.url) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { wrong: `--url: expected an http(s) address, got "${values.url}"` };
  }
  return { file, speed, times, url };
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** The end of a replay in a few lines. */
export function describeReport(report: ReplayReport): string {
  const refused = Object.entries(report.refused).map(([code, count]) => `${count} ${code}`);
  return [
    `${report.lines} lines in ${report.requests} requests, ${seconds(report.durationMs)}${report.stopped ? ', stopped early' : ''}`,
    `  accepted ${report.accepted}, changed ${report.changed}, alerts ${report.alerts}`,
    `  refused  ${refused.length === 0 ? 'none' : refused.join(', ')}`,
    ...report.firstRefusals.map((refusal) => `    ${refusal}`),
  ].join('\n');
}

const BAR_WIDTH = 24;
const REDRAW_EVERY_MS = 100;
/** For a terminal that does not say its width, or says 0. */
const USUAL_COLUMNS = 80;
const SAY_EVERY_PERCENT = 10;

/** A bar that redraws itself on a terminal, a line every tenth of the file elsewhere. */
function createProgress(terminal: NodeJS.WriteStream) {
  let drawnMs = 0;
  let said = 0;
  return {
    show(report: ReplayReport, share: number, recordedMs: number): void {
      const percent = Math.floor(share * 100);
      const text =
        `${`${percent}`.padStart(3)} %  ${new Date(recordedMs).toISOString().slice(0, 16).replace('T', ' ')}  ` +
        `${report.lines} lines  ${report.changed} changed  ${report.alerts} alerts`;
      if (terminal.isTTY) {
        if (Date.now() - drawnMs < REDRAW_EVERY_MS) return;
        drawnMs = Date.now();
        const filled = Math.round(share * BAR_WIDTH);
        terminal.write(
          `\r\u001B[K${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${text}`.slice(
            0,
            5 + (terminal.columns || USUAL_COLUMNS),
          ),
        );
      } else if (percent >= said + SAY_EVERY_PERCENT) {
        said = percent - (percent % SAY_EVERY_PERCENT);
        terminal.write(`${text}\n`);
      }
    },
    end(): void {
      if (terminal.isTTY) terminal.write('\r\u001B[K');
    },
  };
}

async function main(): Promise<number> {
  const asked = readArguments(process.argv.slice(2));
  if (asked === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if ('wrong' in asked) {
    process.stderr.write(`${asked.wrong}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  const progress = createProgress(process.stdout);
  try {
    const report = await sendRecording(asked, { signal: stopping.signal, onProgress: progress.show });
    progress.end();
    process.stdout.write(`${describeReport(report)}\n`);
    return report.accepted > 0 ? 0 : EXIT_FAILED;
  } catch (error) {
    progress.end();
    process.stderr.write(`${error instanceof AppError ? error.message : String(error)}\n`);
    return EXIT_FAILED;
  }
}

if (import.meta.main) process.exitCode = await main();
