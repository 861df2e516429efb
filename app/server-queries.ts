import { createApiClient } from '../hooks/api-client.ts';
import { createQueries } from '../hooks/queries.ts';
import { getRuntime } from '../server/runtime.ts';

/** The desk's queries answered inside this process. The same keys and the same JSON as over the network. */
export const serverQueries = createQueries(
  createApiClient((path, init) => getRuntime().fetchApi(new Request(new URL(path, 'http://desk'), init))),
);
