import { statSync } from 'node:fs';
import type { Logger } from '../../runtime/module-exports.ts';
import { loadDriver, type SqliteHandle } from './driver.ts';
import { failureOf, SqliteFailure } from './sqlite-failure.ts';

export interface FileSettings {
  readonly log: Logger;
  /** As the config has them, without the word PRAGMA. */
  readonly pragmas: readonly string[];
  readonly extensions: readonly Extension[];
}

export interface Extension {
  readonly path: string;
  readonly entryPoint: string | undefined;
}

/**
 * What a file is opened with unless the config says otherwise. With a write-ahead log a change is in the system's hands
 * when its statement returns and survives the end of the process, whatever ends it, at a twentieth of the time.
 *
 * Deviation: OpenSIPS leaves the journal as the file has it (a rollback journal that waits for the disk at each change).
 */
const defaultPragmas = ['journal_mode=wal', 'synchronous=normal'] as const;

/** Opens a file that is there. Errors: SqliteFailure, whose message tells what to do. */
export function openFile(path: string, settings: FileSettings): SqliteHandle {
  const reason = whyNotOpened(path);
  if (reason !== undefined) throw new SqliteFailure('missing', `${reason}; ${howToMake(path)}`);
  const handle = openHandle(path, settings.extensions.length > 0);
  try {
    handle.exec('SELECT count(*) FROM sqlite_master');
    setPragmas(handle, settings);
    loadExtensions(handle, settings);
  } catch (error) {
    handle.close();
    const failure = failureOf(error);
    throw new SqliteFailure(failure.code, `${path}: ${failure.message}`, error);
  }
  return handle;
}

/** Makes the file where there is none. */
export function openHandle(path: string, allowExtension = false): SqliteHandle {
  const { DatabaseSync } = loadDriver();
  return new DatabaseSync(path, {
    timeout: 0,
    enableForeignKeyConstraints: false,
    enableDoubleQuotedStringLiterals: true,
    allowExtension,
  });
}

/**
 * Closes a file. The driver lets it go when its statements are collected, so all that stands in the write-ahead log is put
 * into the file itself before.
 */
export function closeWhole(handle: SqliteHandle): void {
  try {
    handle.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // Others use it: the last of them does it.
  }
  handle.close();
}

/** Deviation: OpenSIPS makes an empty file where there is none, and then tells that it has no table `version`. */
export function whyNotOpened(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return `there is no database ${path}`;
  return stat.isDirectory() ? `${path} is a folder, not a database` : undefined;
}

export const howToMake = (path: string) => `tsips sqlite create ${path} makes one with OpenSIPS's tables`;

function setPragmas(handle: SqliteHandle, { log, pragmas }: FileSettings): void {
  const own = defaultPragmas.filter((line) => !pragmas.some((other) => nameOf(other) === nameOf(line)));
  for (const pragma of [...own, ...pragmas]) {
    try {
      handle.exec(`PRAGMA ${pragma}`);
    } catch (error) {
      const { message } = failureOf(error);
      log.error('db_sqlite_connect', `Failed to execute PRAGMA [${pragma}]! Errmsg [${message}]!`);
    }
  }
}

function nameOf(pragma: string): string {
  return (/^[^=(]*/.exec(pragma)?.[0] ?? '').trim().toLowerCase();
}

function loadExtensions(handle: SqliteHandle, { extensions }: FileSettings): void {
  if (extensions.length === 0) return;
  handle.enableLoadExtension(true);
  for (const { path, entryPoint } of extensions) {
    if (entryPoint === undefined) handle.loadExtension(path);
    else handle.loadExtension(path, entryPoint);
  }
  handle.enableLoadExtension(false);
}
