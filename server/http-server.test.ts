import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { closeServer, listen } from './http-server.ts';

const HOST = '127.0.0.1';
const servers = [createServer(), createServer()] as const;
afterEach(() => Promise.all(servers.map(closeServer)));

test('[OPS100] a port that is taken ends the start with one sentence that names it and what to do', async () => {
  const [first, second] = servers;
  const port = await listen(first, 0, HOST);
  await expect(listen(second, port, HOST)).rejects.toMatchObject({
    code: 'start_failed',
    message: `port ${port} of ${HOST} is taken by another program (another Linewatch?): name another one, as in PORT=3001`,
  });
});
