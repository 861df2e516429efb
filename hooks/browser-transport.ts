import type { ApiTransport } from './api-answer.ts';
import { currentPreferences } from './use-preferences.ts';

/** A header carries ASCII only, so names travel percent-encoded. */
function nameOfActor(): HeadersInit {
  const name = currentPreferences().trader.trim();
  return name === '' ? {} : { 'X-Trader': encodeURIComponent(name.toWellFormed()) };
}

/** The API over the network of this tab. Whatever changes something says which trader does. */
export const browserTransport: ApiTransport = (path, init) => {
  if (init.method === undefined || init.method === 'GET') return fetch(path, init);
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(nameOfActor())) headers.set(name, value);
  return fetch(path, { ...init, headers });
};
