import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { SOCKET_PATH } from '../../contracts/socket-path.ts';

/**
 * Ends every upgrade that is not for the hub, unless `allowUpgrade` says that somebody else takes it (Next's
 * reloading in development). Without it a server with any upgrade listener keeps unknown ones open for ever.
 */
export function guardUpgrades(server: Server, allowUpgrade: (url: string) => boolean): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const url = request.url ?? '';
    if (url.startsWith(`${SOCKET_PATH}/`) || allowUpgrade(url)) return;
    // The other side may be gone already; an error without a listener would end the process.
    socket.on('error', () => {});
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy());
  });
}
