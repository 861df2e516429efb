import { LIMITS, readConfig } from './config.ts';
import { type Logger, complain } from './log.ts';
import { createShutdown } from './shutdown.ts';

const BAD_CONFIG_EXIT_CODE = 2;

/** The settings of the environment; one that is wrong ends the process with one line. */
export function readConfigOrExit(): ReturnType<typeof readConfig> {
  try {
    return readConfig(process.env);
  } catch (error) {
    process.stderr.write(`Linewatch could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(BAD_CONFIG_EXIT_CODE);
  }
}

/** The ordered end of this process, begun by a signal; what hangs in it is left behind. */
export function createProcessShutdown(log: Logger): ReturnType<typeof createShutdown> {
  const shutdown = createShutdown({
    withinMs: LIMITS.shutdownMs,
    onError: (step, error) => log.error({ err: error }, `could not stop ${step} cleanly`),
    onOverdue: (step) => {
      log.error(`stopping ${step} takes longer than ${LIMITS.shutdownMs} ms; ending without it`);
      process.exit(1);
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      log.info(shutdown.hasBegun() ? 'still stopping' : `stopping (${signal})`);
      void shutdown.run().then(() => process.exit(0));
    });
  }
  return shutdown;
}

/** Runs `start`; when it fails, says why in one line, takes down what had been started and ends the process. */
export async function startOrExit(
  start: () => Promise<void>,
  life: { readonly log: Logger; readonly shutdown: ReturnType<typeof createShutdown> },
): Promise<void> {
  try {
    await start();
  } catch (error) {
    // Stopped while it started: what is closed under its feet is no failure, and the signal's handler ends the process.
    if (life.shutdown.hasBegun()) return;
    complain(life.log, 'fatal', error, 'Linewatch could not start');
    await life.shutdown.run();
    process.exit(1);
  }
}
