import { createApiClient } from './api-client.ts';
import { browserTransport } from './browser-transport.ts';
import { createQueries } from './queries.ts';

/** The API over the network of this tab. During server rendering only its keys are used, never its fetch. */
export const browserApi = createApiClient(browserTransport);
export const queries = createQueries(browserApi);
