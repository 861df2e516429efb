import type { QueryClient } from '@tanstack/react-query';
import type { Desk } from '../contracts/feed.ts';
import { deskKey } from './queries.ts';

/** Writes what a message tells into what is known of the desk. When all of it is read again does not change by that. */
export function patchDesk(client: QueryClient, patch: (desk: Desk) => Desk): void {
  const known = client.getQueryState<Desk>(deskKey);
  if (known?.data === undefined) return;
  client.setQueryData(deskKey, patch(known.data), { updatedAt: known.dataUpdatedAt });
}
