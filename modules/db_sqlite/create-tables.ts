import { existsSync } from 'node:fs';
import type { ModuleHost, ToolAnswer } from '../../runtime/module-exports.ts';
import type { SqliteHandle } from './driver.ts';
import { fileOfUrl } from './file-of-url.ts';
import { closeWhole, openHandle } from './open-file.ts';
import { failureOf } from './sqlite-failure.ts';
import { standardTables } from './standard-tables.ts';
import { tableSql, versionOf, versionTableSql } from './table-sql.ts';

type Host = Pick<ModuleHost, 'globals' | 'resolvePath' | 'version'>;

/**
 * `tsips sqlite create [PATH]`: makes the standard tables in a file, without PATH in the one of the global
 * db_default_url. What is there already stays as it is, so that it may be called again.
 */
export function createTables(host: Host, path = defaultPath(host)): ToolAnswer {
  if (path === undefined) {
    return { ok: false, text: 'which file? tsips sqlite create PATH, or db_default_url "sqlite:…"\n' };
  }
  const isNew = !existsSync(path);
  try {
    const handle = openHandle(path);
    try {
      const made = makeTables(handle, host);
      const state = `${isNew ? 'new' : 'was there'}; ${made.length === 0 ? 'no table was missing' : `made ${made.join(', ')}`}`;
      return { ok: true, text: `${path}: ${state}\n` };
    } finally {
      closeWhole(handle);
    }
  } catch (error) {
    return { ok: false, text: `${path}: ${failureOf(error).message}\n` };
  }
}

function defaultPath({ globals, resolvePath }: Host): string | undefined {
  const url = String(globals.get('db_default_url') ?? '');
  return url.startsWith('sqlite:') ? fileOfUrl(url, resolvePath) : undefined;
}

/** The names of those that were not there. */
function makeTables(handle: SqliteHandle, { globals, version }: Host): readonly string[] {
  const versionTable = String(globals.get('db_version_table') ?? 'version');
  const known = tableNames(handle);
  const missing = standardTables.filter(({ name }) => !known.has(name));
  // Before the transaction: the journal cannot be changed inside of one.
  handle.exec('PRAGMA journal_mode=wal');
  handle.exec('BEGIN IMMEDIATE');
  handle.exec(versionTableSql(versionTable));
  const insert = handle.prepare(`INSERT OR REPLACE INTO ${versionTable} VALUES (?, ?)`);
  for (const table of missing) {
    for (const sql of tableSql(table)) handle.exec(sql);
    insert.run(table.name, BigInt(versionOf(table, version)));
  }
  handle.exec('COMMIT');
  return [...(known.has(versionTable) ? [] : [versionTable]), ...missing.map(({ name }) => name)];
}

function tableNames(handle: SqliteHandle): ReadonlySet<string> {
  const rows = handle.prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").all();
  return new Set(rows.map((row) => String(Object(row).name)));
}
