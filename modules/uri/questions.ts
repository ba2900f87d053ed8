import type {
  Command,
  Database,
  FoundCredentials,
  MaybePromise,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  SqlCondition,
  SqlRow,
} from '../../runtime/module-exports.ts';

/** C: the codes of db_checks.c. */
const codes = {
  yes: 1,
  internal: -1,
  noCredentials: -2,
  noText: -3,
  noUser: -4,
  noRow: -5,
  query: -8,
  otherUser: -9,
  noMatch: -10,
} as const;

/** The table that is asked. */
export interface UriTable {
  readonly name: string;
  /** use_uri_table */
  readonly ofUris: boolean;
  readonly useDomain: boolean;
  readonly user: string;
  readonly domain: string;
  readonly uriUser: string;
}

export interface QuestionTools {
  readonly host: ModuleHost;
  readonly table: UriTable;
  /** Undefined where none is configured. */
  readonly url: string | undefined;
  database(): Database;
}

export function readTable({ params }: Pick<ModuleHost, 'params'>): UriTable {
  const ofUris = params.use_uri_table === 1;
  return {
    name: String(params.db_table ?? (ofUris ? 'uri' : 'subscriber')),
    ofUris,
    useDomain: params.use_domain === 1,
    user: String(params.user_column),
    domain: String(params.domain_column),
    uriUser: String(params.uriuser_column),
  };
}

/** The functions about credentials and a table of users, of OpenSIPS up to 2.4. */
export function questionCommands(tools: QuestionTools): Readonly<Record<string, Command>> {
  return {
    is_user: (run, user) => isUser(tools, run, String(user)),
    db_check_to: checkCommand(tools, 'to'),
    db_check_from: checkCommand(tools, 'from'),
    db_does_uri_exist: needsDatabase(tools, () => (run) => doesUriExist(tools, run)),
    db_get_auth_id: needsDatabase(
      tools,
      ([uri, user, realm]) =>
        (run) =>
          authId(tools, run, uri, user, realm),
    ),
  };
}

type Question = (run: ScriptRun) => MaybePromise<number>;

/** Errors at the start: there is no database. */
function needsDatabase(
  { url }: QuestionTools,
  prepare: (args: readonly PreparedArgument[]) => Question,
): Command {
  return {
    prepare(args) {
      if (url === undefined) throw new Error('configuration error - no database URL is configured!');
      return prepare(args);
    },
  };
}

function checkCommand(tools: QuestionTools, which: 'to' | 'from'): Command {
  const question: Question = (run) => check(tools, run, which);
  return tools.table.ofUris ? needsDatabase(tools, () => question) : question;
}

function isUser({ host }: QuestionTools, run: ScriptRun, user: string): boolean {
  const credentials = acceptedOf(host, run);
  if (credentials) return userOf(credentials) === user && user !== '';
  host.log.error('is_user', 'no authorized credentials found (error in scripts)');
  return false;
}

/** Without a table of URIs the user is compared in any case, as OpenSIPS does it. */
function check(tools: QuestionTools, run: ScriptRun, which: 'to' | 'from'): MaybePromise<number> {
  const { host, table } = tools;
  const uri = host.routing.uri((which === 'to' ? run.message.to : run.message.from)?.uri ?? '');
  if (!uri) {
    host.log.error(`check_${which}`, `Error while parsing ${which === 'to' ? 'To' : 'From'} header URI`);
    return codes.internal;
  }
  const credentials = acceptedOf(host, run);
  if (!credentials) {
    host.log.error('check_username', 'No authorized credentials found (error in scripts)');
    return counted(host, codes.noCredentials);
  }
  if (uri.user === '') {
    host.log.error('check_username', 'Username not found in URI');
    return codes.noUser;
  }
  const user = userOf(credentials);
  if (!table.ofUris)
    return counted(host, user.toLowerCase() === uri.user.toLowerCase() ? codes.yes : codes.noMatch);
  const where = [
    equal(table.user, user),
    equal(table.domain, realmOf(credentials)),
    equal(table.uriUser, uri.user),
  ];
  const judge = (rows: readonly SqlRow[]) => counted(host, rows.length > 0 ? codes.yes : codes.otherUser);
  return ask(tools, [table.user], where, judge, codes.query);
}

function counted({ statistics }: ModuleHost, code: number): number {
  statistics.counter(code === codes.yes ? 'positive checks' : 'negative_checks').value++;
  return code;
}

function doesUriExist(tools: QuestionTools, { message }: ScriptRun): MaybePromise<number> {
  const { host, table } = tools;
  const uri = host.routing.uri(message.requestUri);
  if (!uri) {
    host.log.error('does_uri_exist', 'Error while parsing URI');
    return codes.internal;
  }
  const column = table.ofUris ? table.uriUser : table.user;
  const judge = (rows: readonly SqlRow[]): number => (rows.length > 0 ? codes.yes : codes.noRow);
  return ask(tools, [column], conditionsOf(table, uri.user, uri.host), judge, codes.noUser);
}

function authId(
  tools: QuestionTools,
  run: ScriptRun,
  asked: PreparedArgument | undefined,
  user: PreparedArgument | undefined,
  realm: PreparedArgument | undefined,
): MaybePromise<number> {
  const { host, table } = tools;
  const text = String(asked?.evaluate(run) ?? '');
  const uri = host.routing.uri(text);
  if (!uri?.user) {
    host.log.error('get_auth_id', `First parameter must be a URI with username (val = '${text}').`);
    return codes.internal;
  }
  const judge = (rows: readonly SqlRow[]): number => {
    const [row] = rows;
    if (!row) return codes.noUser;
    if (rows.length > 1) host.log.warning('get_auth_id', severalRows);
    const [foundUser, foundRealm] = [row[table.user], row[table.domain]];
    if (typeof foundUser !== 'string' || typeof foundRealm !== 'string') {
      host.log.error('get_auth_id', `a column of ${table.user} and ${table.domain} is no text`);
      return codes.noText;
    }
    user?.assign(run, foundUser);
    realm?.assign(run, foundRealm);
    return codes.yes;
  };
  return ask(tools, [table.user, table.domain], conditionsOf(table, uri.user, uri.host), judge, codes.query);
}

const severalRows = "Multiple entries are matching the given uri. Consider setting the 'use_domain' param.";

function conditionsOf(table: UriTable, user: string, host: string): SqlCondition[] {
  const column = table.ofUris ? table.uriUser : table.user;
  return [equal(column, user), ...(table.useDomain ? [equal(table.domain, host)] : [])];
}

function equal(column: string, value: string): SqlCondition {
  return { column, operator: '=', value };
}

/** Answers at once where the database does. */
function ask(
  { host, table, database }: QuestionTools,
  columns: readonly string[],
  where: readonly SqlCondition[],
  judge: (rows: readonly SqlRow[]) => number,
  failedCode: number,
): MaybePromise<number> {
  const failed = (error: unknown): number => {
    host.log.error('check_username', `Error while querying database: ${String(error)}`);
    return failedCode;
  };
  try {
    const rows = database().select(table.name, columns, where);
    return rows instanceof Promise ? rows.then(judge, failed) : judge(rows);
  } catch (error) {
    return failed(error);
  }
}

/** What www_authorize() or proxy_authorize() has accepted. */
function acceptedOf({ sip }: ModuleHost, run: ScriptRun): FoundCredentials | undefined {
  const found = [sip.digest.found(run, 'Authorization'), sip.digest.found(run, 'Proxy-Authorization')];
  return found.find((each) => each?.accepted);
}

function userOf({ fields }: FoundCredentials): string {
  return (fields.get('username') ?? '').split('@')[0] ?? '';
}

/** The user may come with its domain; then that counts. C: GET_REALM. */
function realmOf({ fields }: FoundCredentials): string {
  return fields.get('username')?.split('@')[1] || (fields.get('realm') ?? '');
}
