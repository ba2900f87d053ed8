import type { Column, Table } from './standard-tables.ts';

/** The statements that make a table and its indexes, where they are not there yet. */
export function tableSql({ name, key = 'id', columns, unique, indexes = [] }: Table): readonly string[] {
  const lines = [
    `${key} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL`,
    ...columns.map(columnSql),
    ...(unique ? [`UNIQUE (${unique.join(', ')})`] : []),
  ];
  return [
    `CREATE TABLE IF NOT EXISTS ${name} (\n  ${lines.join(',\n  ')}\n)`,
    ...indexes.map(
      (names) => `CREATE INDEX IF NOT EXISTS ${name}_${names.join('_')}_idx ON ${name} (${names.join(', ')})`,
    ),
  ];
}

export function versionTableSql(name: string): string {
  return `CREATE TABLE IF NOT EXISTS ${name} (
  table_name CHAR(32) NOT NULL,
  table_version INTEGER DEFAULT 0 NOT NULL,
  UNIQUE (table_name)
)`;
}

function columnSql([name, type, standard]: Column): string {
  if (standard === undefined) return `${name} ${type} NOT NULL`;
  if (standard === null) return `${name} ${type} DEFAULT NULL`;
  return `${name} ${type} DEFAULT ${typeof standard === 'number' ? standard : `'${standard}'`} NOT NULL`;
}

/** The number that an OpenSIPS version wants of a table. */
export function versionOf({ versions }: Table, opensips: string): number {
  const [, oldest = 0] = versions.at(-1) ?? [];
  const [, version = oldest] = versions.find(([since]) => !isOlder(opensips, since)) ?? [];
  return version;
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split('.').map(Number);
  return major === thanMajor ? minor < thanMinor : major < thanMajor;
}
