import { QueryClient, isServer } from '@tanstack/react-query';
import { ERROR_STATUS, errorCode } from '../contracts/errors.ts';

const MAX_RETRIES = 2;

/** A refusal stays a refusal; only what may pass by itself is tried again. */
function retry(failures: number, error: unknown): boolean {
  const status = ERROR_STATUS[errorCode(error)];
  return status >= 500 && failures < MAX_RETRIES;
}

const FIRST_RETRY_WITHIN_MS = 500;

/**
 * Full jitter, so that the tabs that one outage turned away do not come back together; and short, as what was
 * read over a line that fell silent has been waited for already.
 */
const retryDelay = (failures: number): number => Math.random() * FIRST_RETRY_WITHIN_MS * 2 ** failures;

/** A client for one request on the server, or for the life of a tab. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Whether the desk can be reached is found out by asking it. A browser that sees no network may still reach a desk
        // on its own machine, and a paused fetch would leave its list behind a badge that goes on.
        networkMode: 'always',
        retry: isServer ? false : retry,
        retryDelay,
        // The desk link compares watermarks when the page comes back; a blind refetch would only repeat it.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  });
}
