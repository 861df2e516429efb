import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { closeServer, listen } from './http-server.ts';

test('[OPS82] a port that another program has is said in one sentence with what to do', async () => {
  const [first, second] = [createServer(), createServer()];
  const port = await listen(first, 0, '127.0.0.1');
  await expect(listen(second, port, '127.0.0.1')).rejects.toMatchObject({
    code: 'start_failed',
    message: `Port ${port} on 127.0.0.1 is taken by another program: stop that one, or set PORT to a free port (0 picks one).`,
  });
  await closeServer(first);
});

test('[OPS82] an address that this machine does not have is said in one sentence with what to do', async () => {
  // A documentation address (RFC 5737), which no machine has.
  await expect(listen(createServer(), 0, '192.0.2.1')).rejects.toMatchObject({
    code: 'start_failed',
    message: 'This machine has no address 192.0.2.1: set HOST to 127.0.0.1.',
  });
});
