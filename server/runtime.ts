/**
 * The one global. Next bundles its own copy of every module, so a plain module variable set by the custom
 * server would be undefined inside a server component; a registered symbol is the same on both sides.
 */
const KEY = Symbol.for('linewatch.runtime');

export type Runtime = {
  /** Answers an API request in this process, without the network. The path decides; the host does not matter. */
  readonly fetchApi: (request: Request) => Promise<Response>;
};

type Holder = { [KEY]?: Runtime };

/** Makes the runtime reachable for server components. Called once, before Next takes its first request. */
export function publishRuntime(runtime: Runtime): void {
  (globalThis as Holder)[KEY] = runtime;
}

/** The runtime of this process. Throws outside the custom server, for instance under a bare `next dev`. */
export function getRuntime(): Runtime {
  const runtime = (globalThis as Holder)[KEY];
  if (runtime === undefined) {
    throw new Error('Linewatch pages need its own server: start with `npm start` or `npm run dev`, not with `next`.');
  }
  return runtime;
}
