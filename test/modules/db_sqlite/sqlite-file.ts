/** Databases in files of a temporary folder, opened by the module itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createModule from '../../../modules/db_sqlite/index.ts';
import type { Database, Logger, ModuleBehaviour, ModuleHost } from '../../../runtime/module-exports.ts';
import { createTimers } from '../../../runtime/timers.ts';
import { silent } from '../../runtime/loggers.ts';

export interface SqliteFolder {
  readonly folder: string;
  path(name: string): string;
  /** The module, as a host has it; its databases are closed with the folder. */
  module(params?: ModuleHost['params'], settings?: ModuleSettings): ModuleBehaviour;
  /** A file with the standard tables, open. */
  database(name: string, params?: ModuleHost['params']): Database;
  close(): Promise<void>;
}

interface ModuleSettings {
  readonly version?: string;
  readonly log?: Logger;
  readonly globals?: Readonly<Record<string, string>>;
}

export function sqliteFolder(): SqliteFolder {
  const folder = mkdtempSync(join(tmpdir(), 'tsips-sqlite-'));
  const timers = createTimers((error) => {
    throw error;
  });
  const made: ModuleBehaviour[] = [];
  const path = (name: string) => join(folder, name);
  const module: SqliteFolder['module'] = (
    params = {},
    { version = '3.6', log = silent, globals = {} } = {},
  ) => {
    const host = {
      params,
      version,
      log,
      timers,
      globals: { serverHeader: undefined, get: (name: string) => globals[name] },
      resolvePath: path,
    } satisfies Partial<ModuleHost>;
    const behaviour = createModule(host as unknown as ModuleHost);
    made.push(behaviour);
    return behaviour;
  };
  return {
    folder,
    path,
    module,
    database(name, params = {}) {
      const behaviour = module(params);
      behaviour.tools?.['sqlite create']?.([path(name)], { sockets: [] });
      return open(behaviour, `sqlite://${path(name)}`);
    },
    async close() {
      for (const behaviour of made) await behaviour.destroy?.();
      timers.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function open({ databases }: ModuleBehaviour, url: string): Database {
  const database = databases?.sqlite?.(url);
  if (!database) throw new Error('no database');
  return database;
}
