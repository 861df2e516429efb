import { readFile, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineGlue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool, type QueryConfig, type QueryResult } from 'pg';

const require = createRequire(import.meta.url);

export const SCHEMA_PATH = resolve(import.meta.dirname, '../../prisma/schema.prisma');

const NO_FILTERS = { externalTables: [], externalEnums: [] };
const CHAR_TYPE_ID = 18;
const TEXT_TYPE_ID = 25;

/** What a difference runs between: nothing, the database behind the URL, or the schema file. */
export type DiffSide = 'empty' | 'database' | 'schema';

let loading: Promise<void> | undefined;

/**
 * The SQL that leads from one side to the other; empty when they agree. Works with Prisma's own schema engine
 * as WebAssembly, so it needs no engine download. For tests and `npm run migration`, not for the running server.
 */
export async function schemaDiff(options: {
  readonly url: string;
  readonly from: DiffSide;
  readonly to: DiffSide;
  readonly schemaPath?: string;
}): Promise<string> {
  const path = options.schemaPath ?? SCHEMA_PATH;
  const files = [{ path, content: await readFile(path, 'utf8') }];
  const target = (side: DiffSide) => {
    switch (side) {
      case 'empty':
        return { tag: 'empty' } as const;
      case 'database':
        return { tag: 'schemaDatasource', files, configDir: resolve(path, '..') } as const;
      case 'schema':
        return { tag: 'schemaDatamodel', files } as const;
    }
  };
  const sides = { from: target(options.from), to: target(options.to) };
  const result = await withEngine(options.url, files, (engine) =>
    engine.diff({ ...sides, script: true, exitCode: null, filters: NO_FILTERS }),
  );
  const script = result.stdout ?? '';
  return script.trim() === '-- This is an empty migration.' ? '' : script;
}

/** Does what `prisma migrate deploy` does, and returns the names of the migrations it applied. For tests. */
export async function applyWithPrisma(options: {
  readonly url: string;
  readonly directory: string;
}): Promise<string[]> {
  const entries = await readdir(options.directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (path: string) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok', value: await readFile(resolve(options.directory, path, 'migration.sql'), 'utf8') } as const,
    },
  });
  const migrationsList = {
    baseDir: options.directory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.toSorted().map(read)),
  };
  const files = [{ path: SCHEMA_PATH, content: await readFile(SCHEMA_PATH, 'utf8') }];
  const result = await withEngine(options.url, files, (engine) =>
    engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
  );
  return result.appliedMigrationNames;
}

async function withEngine<Result>(
  url: string,
  files: readonly { readonly path: string; readonly content: string }[],
  work: (engine: engineGlue.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  await (loading ??= load());
  const catalog = createCatalogAdapter(url);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(catalog.factory);
    const datamodels = files.map((file): [string, string] => [file.path, file.content]);
    using engine = await engineGlue.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    return await work(engine);
  } finally {
    await catalog.close();
  }
}

// The engine wants the catalog's one-byte "char" columns as characters; the pg adapter knows no such type and
// fails ("Column type 'char' could not be deserialized"). So they pass the adapter as text, under their true type.
function createCatalogAdapter(url: string) {
  const pool = new Pool({ connectionString: url, max: 1 });
  const charColumns = new Set<string>();
  const query = pool.query.bind(pool) as (config: QueryConfig) => Promise<QueryResult>;
  const queryWithText = async (config: QueryConfig): Promise<QueryResult> => {
    const result = await query(config);
    for (const field of result.fields) {
      if (field.dataTypeID !== CHAR_TYPE_ID) continue;
      field.dataTypeID = TEXT_TYPE_ID;
      charColumns.add(field.name);
    }
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query: queryWithText }));
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      const typeOf = (name: string, index: number) =>
        charColumns.has(name) ? ColumnTypeEnum.Character : (result.columnTypes[index] ?? ColumnTypeEnum.Text);
      return { ...result, columnTypes: result.columnNames.map(typeOf) };
    };
    return adapter;
  };
  return { factory, close: () => pool.end() };
}

// The package imports its .wasm file as a module, which Node 24 does not do without a flag: load it by hand.
async function load(): Promise<void> {
  const path = require.resolve('@prisma/schema-engine-wasm').replace(/schema_engine\.js$/, 'schema_engine_bg.wasm');
  const imports = { './schema_engine_bg.js': { ...engineGlue } as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(await readFile(path), imports);
  const glue = engineGlue as unknown as { readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void };
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports as unknown as { readonly __wbindgen_start: () => void }).__wbindgen_start();
}
