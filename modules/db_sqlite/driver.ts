import { createRequire } from 'node:module';

/** The API of node:sqlite, as far as it is used here. */
export interface SqliteDriver {
  readonly DatabaseSync: new (path: string, options: DriverOptions) => SqliteHandle;
}

interface DriverOptions {
  /** Milliseconds that a call may block while others hold a lock. */
  readonly timeout: number;
  readonly enableForeignKeyConstraints: boolean;
  readonly enableDoubleQuotedStringLiterals: boolean;
  readonly allowExtension: boolean;
}

export interface SqliteHandle {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  enableLoadExtension(enable: boolean): void;
  loadExtension(path: string, entryPoint?: string): void;
  close(): void;
}

export interface SqliteStatement {
  all(...values: readonly BoundValue[]): readonly unknown[];
  run(...values: readonly BoundValue[]): { readonly changes: number | bigint };
  columns(): readonly { readonly type: string | null }[];
  setReadBigInts(enabled: boolean): void;
  setReturnArrays(enabled: boolean): void;
}

export type BoundValue = null | bigint | number | string | Uint8Array;

/**
 * The same API twice: a package that runs on every Node that tsips runs on, and Node's own, which is there from 22.16 on
 * (with a warning on the terminal for a while), for systems that the package has no build for.
 */
const names = ['@photostructure/sqlite', 'node:sqlite'] as const;

/** Loads the driver; nothing of it is loaded before. Errors: it throws where there is none. */
export function loadDriver(): SqliteDriver {
  const load = createRequire(import.meta.url);
  for (const name of names) {
    const driver = tryLoading(name, load);
    if (driver) return driver;
  }
  throw new Error(noDriver);
}

export const noDriver =
  'no SQLite driver: install the package @photostructure/sqlite, or run Node 22.16 or newer, which has one';

/** Whether there is one, without loading it. */
export function hasDriver(): boolean {
  const { resolve } = createRequire(import.meta.url);
  return names.some((name) => {
    try {
      return resolve(name) !== '';
    } catch {
      return false;
    }
  });
}

function tryLoading(name: string, load: (name: string) => unknown): SqliteDriver | undefined {
  try {
    const loaded = load(name);
    return isDriver(loaded) ? loaded : undefined;
  } catch {
    return undefined;
  }
}

/** The first versions of node:sqlite lack what tells columns of the same name apart. */
function isDriver(loaded: unknown): loaded is SqliteDriver {
  const { StatementSync } = Object(loaded);
  return typeof StatementSync?.prototype?.setReturnArrays === 'function';
}
