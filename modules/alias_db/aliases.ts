import type {
  Database,
  MaybePromise,
  ModuleHost,
  SqlCondition,
  UriParts,
} from '../../runtime/module-exports.ts';

/** How a URI is looked for: `r` the alias of a user rather than the user of an alias, `d` whatever its domain. */
export interface LookupFlags {
  readonly reverse: boolean;
  readonly anyDomain: boolean;
}

/** Errors: for a letter that is no flag. */
export function flagsOf(text: string): LookupFlags {
  const wrong = [...text].find((letter) => !/[rd]/i.test(letter));
  if (wrong !== undefined) throw new TypeError(`unsupported flag '${wrong}'`);
  return { reverse: /r/i.test(text), anyDomain: /d/i.test(text) };
}

/** The URIs that an alias stands for, in the order of the table; empty where it is none. */
export function findAliases(
  database: Database,
  table: string,
  { user, host }: Pick<UriParts, 'user' | 'host'>,
  { reverse, anyDomain }: LookupFlags,
  params: ModuleHost['params'],
): MaybePromise<readonly string[]> {
  const account = [String(params.user_column), String(params.domain_column)] as const;
  const alias = [String(params.alias_user_column), String(params.alias_domain_column)] as const;
  const [from, to] = reverse ? [account, alias] : [alias, account];
  const where: SqlCondition[] = [{ column: from[0], operator: '=', value: user }];
  if (!anyDomain) {
    where.push({ column: from[1], operator: '=', value: withoutPrefix(host, params.domain_prefix) });
  }
  const rows = database.select(table, to, where);
  const uris = (list: Awaited<typeof rows>) =>
    list[0]?.[to[0]] == null ? [] : list.map((row) => `sip:${row[to[0]] ?? ''}@${row[to[1]] ?? ''}`);
  return rows instanceof Promise ? rows.then(uris) : uris(rows);
}

function withoutPrefix(host: string, prefix: ModuleHost['params'][string]): string {
  if (typeof prefix !== 'string' || prefix.length >= host.length) return host;
  return host.toLowerCase().startsWith(prefix.toLowerCase()) ? host.slice(prefix.length) : host;
}
