import type { Database, Logger, MaybePromise } from '../../runtime/module-exports.ts';
import { ask, reasonOf } from './maybe.ts';

/** The layouts of the tables that this module can read. */
export type Layout = 'accounts' | 'uris';

export interface TableVersions {
  /** A table that stands in the script; it is looked at before the host starts. */
  expect(table: string, layout: Layout): void;
  /** Whether a table has the layout; the log tells where not. */
  fits(table: string, layout: Layout): MaybePromise<boolean>;
  /** Errors: where a table that the script names has another layout. */
  checkExpected(): Promise<void>;
}

/**
 * C: db_check_table_version. Deviation: tables of URIs have a version of their own, 2; OpenSIPS expects that of accounts
 * there too, so that its own `uri` table does not pass.
 */
export function createTableVersions(
  database: () => Database,
  log: Logger,
  version: string,
  skip: boolean,
): TableVersions {
  const expected = new Map<string, Layout>();
  const wanted: Readonly<Record<Layout, number>> = { accounts: isBefore32(version) ? 7 : 8, uris: 2 };
  const tell = (message: string): false => {
    log.error('db_check_table_version', message);
    return false;
  };
  const fits = (table: string, layout: Layout): MaybePromise<boolean> =>
    skip ||
    ask(
      () => database().tableVersion(table),
      (found) => {
        if (found === wanted[layout]) return true;
        return tell(
          found === 0
            ? `'${table}' record not found in 'version' table, expected ver ${wanted[layout]}`
            : `invalid version ${found} for table ${table} found, expected ${wanted[layout]}`,
        );
      },
      (error) => tell(`querying version for table ${table}: ${reasonOf(error)}`),
    );
  return {
    expect: (table, layout) => void expected.set(table, layout),
    fits,
    async checkExpected() {
      for (const [table, layout] of expected) {
        if (!(await fits(table, layout))) throw new Error(`error during table version check of ${table}`);
      }
    },
  };
}

export function isBefore32(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 3 || (major === 3 && minor < 2);
}
