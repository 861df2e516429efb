import { createCoalescer } from './coalesce.ts';
import type { CountsReader } from './counts-reader.ts';
import type { DeskSocket } from './desk-server.ts';
import { helloOf } from './requests.ts';

/**
 * Creates who greets the newcomers: each is told where the desk stands, from a reading that began after it had joined
 * its topics. The gap shares one read of the counts among all that come back together after a restart; while the
 * counts cannot be read the newcomers wait.
 */
export function createGreeter(options: {
  readonly reader: Pick<CountsReader, 'read'>;
  readonly minGapMs: number;
  readonly retryMs: number;
  readonly onError: (error: unknown) => void;
}) {
  const newcomers = new Set<DeskSocket>();
  const greetings = createCoalescer<'newcomers'>({
    merge: (earlier) => earlier,
    send: async () => {
      const greeted = [...newcomers];
      if (greeted.length === 0) return;
      const reading = await options.reader.read();
      for (const socket of greeted) if (newcomers.delete(socket)) socket.emit('hello', helloOf(socket, reading));
    },
    minGapMs: options.minGapMs,
    retryMs: options.retryMs,
    onError: options.onError,
  });

  return {
    /** To be called once the socket has joined its topics. */
    greet(socket: DeskSocket): void {
      newcomers.add(socket);
      greetings.push('newcomers');
    },
    /** The socket has left, greeted or not. */
    forget: (socket: DeskSocket): void => void newcomers.delete(socket),
    close: greetings.close,
  };
}
