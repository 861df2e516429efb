import { createApiClient } from '../hooks/api-client.ts';
import { createQueries } from '../hooks/queries.ts';
import { getRuntime } from '../server/runtime.ts';
import { createPatience } from '../hooks/patience.ts';

const patience = createPatience({ usualMs: 4_000, doubtedMs: 1_000, doubtForMs: 10_000, now: Date.now });

/** The desk's queries answered inside this process. The same keys and the same JSON as over the network. */
export const serverQueries = createQueries(
  createApiClient((path, init) =>
    patience.within(() => getRuntime().fetchApi(new Request(new URL(path, 'http://desk'), init))),
  ),
);
