import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOriginCheck } from '../origin-check.ts';
import type { ApiDeps } from './api-deps.ts';
import { createApiListener } from './api-listener.ts';
import { setup } from './api.fixture.ts';

/** The API of the fixture over real sockets; `entered` are the paths for which its framework was asked. */
export async function serveApi(overrides: Partial<ApiDeps> = {}) {
  let check: ApiDeps['isAllowed'] = () => 'forbidden_host';
  const { api, answers, deps, ...rest } = setup({ isAllowed: (headers) => check(headers), ...overrides });
  const entered: string[] = [];
  const listener = createApiListener(
    (asked) => {
      entered.push(new URL(asked.url).pathname);
      return api.fetch(asked);
    },
    { ...deps, answers },
  );
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  check = createOriginCheck({ host: '127.0.0.1', port });
  return {
    ...rest,
    entered,
    port,
    url: `http://127.0.0.1:${port}`,
    close(): Promise<unknown> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
