import type {
  Database,
  MaybePromise,
  ModuleHost,
  SqlCondition,
  SqlRow,
} from '../../runtime/module-exports.ts';

/** The table of subscribers, or the one of URIs that they may use. */
export interface Accounts {
  /** Whether the user of some credentials may call itself so. */
  mayBe(username: string, realm: string, uriUser: string): MaybePromise<boolean>;
  /** The rows of a user of this host. */
  of(user: string, host: string): MaybePromise<readonly Account[]>;
}

export interface Account {
  readonly username: SqlRow[string] | undefined;
  readonly domain: SqlRow[string] | undefined;
}

type Settings = Pick<ModuleHost, 'params'>;

export const databaseOf = ({ params, globals }: Pick<ModuleHost, 'params' | 'globals'>): string =>
  String(params.db_url ?? globals.get('db_default_url') ?? '');

export const usesUriTable = ({ params }: Settings): boolean => Number(params.use_uri_table ?? 0) !== 0;

/**
 * Opens the table and looks whether it has its columns. Errors: it has not.
 *
 * Deviation: the version of the table is not asked for.
 */
export async function openAccounts(host: Settings, database: Database): Promise<Accounts> {
  const { params } = host;
  const inUris = usesUriTable(host);
  const table = String(params.db_table ?? (inUris ? 'uri' : 'subscriber'));
  const [user, domain] = [String(params.user_column), String(params.domain_column)];
  const asked = inUris ? String(params.uriuser_column) : user;
  const columns = [user, domain];
  await database.select(table, [...columns, asked], [equal(user, '')]);
  return {
    mayBe: (username, realm, uriUser) =>
      afterwards(
        database.select(table, [user], [equal(user, username), equal(domain, realm), equal(asked, uriUser)]),
        (rows) => rows.length > 0,
      ),
    of(name, at) {
      const where = [equal(asked, name)];
      if (Number(params.use_domain ?? 0) !== 0) where.push(equal(domain, at));
      return afterwards(database.select(table, columns, where), (rows) =>
        rows.map((row) => ({ username: row[user], domain: row[domain] })),
      );
    },
  };
}

function equal(column: string, value: string): SqlCondition {
  return { column, operator: '=', value };
}

/** Goes on at once where the answer is there. */
export function afterwards<T, U>(answer: MaybePromise<T>, goOn: (answer: T) => U): MaybePromise<U> {
  return answer instanceof Promise ? answer.then(goOn) : goOn(answer);
}
