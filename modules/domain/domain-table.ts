import type { Database, MaybePromise, ModuleHost, SqlRow } from '../../runtime/module-exports.ts';

export interface LocalDomain {
  /** As the table has it. */
  readonly name: string;
  readonly attributes: string | null;
  /** All names below it are local too. */
  readonly acceptsSubdomains: boolean;
}

/** The table of local domains in a database. */
export interface DomainTable {
  /** Errors: those of the database. */
  all(): MaybePromise<readonly LocalDomain[]>;
  /** Those that are spelt so. */
  named(name: string): MaybePromise<readonly LocalDomain[]>;
}

/**
 * Opens the table, and looks whether it has its columns.
 *
 * Deviation: the version of the table is not asked for. One without the column accept_subdomain, which came with OpenSIPS
 * 3.6, has no domains with subdomains.
 */
export async function openDomainTable(
  { params, log }: Pick<ModuleHost, 'params' | 'log'>,
  database: Database,
): Promise<DomainTable> {
  const table = String(params.domain_table);
  const names = { domain: String(params.domain_col), attributes: String(params.attrs_col) };
  const subdomains = await subdomainColumn(database, table, [names.domain, names.attributes], params);
  if (log.debugOn && subdomains === undefined) log.debug('mod_init', `no subdomains in table ${table}`);
  const columns = [names.domain, names.attributes, ...(subdomains === undefined ? [] : [subdomains])];
  const domainOf = (row: SqlRow): LocalDomain => ({
    name: String(row[names.domain] ?? ''),
    attributes: textOrNull(row[names.attributes]),
    acceptsSubdomains: subdomains !== undefined && Number(row[subdomains] ?? 0) !== 0,
  });
  const read = (rows: MaybePromise<readonly SqlRow[]>) =>
    rows instanceof Promise ? rows.then((list) => list.map(domainOf)) : rows.map(domainOf);
  return {
    all: () => read(database.select(table, columns)),
    named: (name) =>
      read(database.select(table, columns, [{ column: names.domain, operator: '=', value: name }])),
  };
}

/** Undefined where the table has none. Errors: there is no such table, or the others are missing. */
async function subdomainColumn(
  database: Database,
  table: string,
  others: readonly string[],
  params: ModuleHost['params'],
): Promise<string | undefined> {
  const name = params.accept_subdomain_col;
  const nothing = [{ column: others[0] ?? '', operator: '=', value: '' }] as const;
  await database.select(table, others, nothing);
  try {
    if (typeof name !== 'string') return undefined;
    await database.select(table, [name], nothing);
    return name;
  } catch {
    return undefined;
  }
}

function textOrNull(value: SqlRow[string] | undefined): string | null {
  return value === undefined || value === null ? null : String(value);
}
