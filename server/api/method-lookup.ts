type Route = { readonly method: string; readonly path: string };

const ANY = 'ALL';

/** Which methods a path has: what tells 405 from 404. Patterns are Hono's, `/api/alerts/:id`. */
export function createMethodLookup(routes: readonly Route[]): (path: string) => readonly string[] {
  const methodsByPattern = new Map<string, Set<string>>();
  for (const { method, path } of routes) {
    if (method === ANY) continue;
    const methods = methodsByPattern.get(path) ?? new Set();
    methodsByPattern.set(path, methods.add(method));
  }
  const patterns = [...methodsByPattern].map(([pattern, methods]) => ({
    regex: new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[^/]+/g, '[^/]+')}$`),
    methods: [...methods].toSorted(),
    isExact: !pattern.includes(':'),
  }));
  return (path) => {
    const matching = patterns.filter(({ regex }) => regex.test(path));
    return (matching.find(({ isExact }) => isExact) ?? matching[0])?.methods ?? [];
  };
}
