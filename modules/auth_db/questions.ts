import type {
  Command,
  Database,
  MaybePromise,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  SqlCondition,
} from '../../runtime/module-exports.ts';
import { type AccountSettings, splitUser } from './accounts.ts';
import { ask, reasonOf } from './maybe.ts';
import { tableArgument } from './table-argument.ts';
import type { TableVersions } from './table-versions.ts';

/** C: the codes of checks.c. */
const codes = {
  yes: 1,
  internal: -1,
  noCredentials: -2,
  noText: -3,
  noUser: -4,
  noRow: -5,
  query: -8,
  otherUser: -9,
} as const;

interface QuestionTools {
  readonly host: ModuleHost;
  readonly database: () => Database;
  readonly versions: TableVersions;
  readonly settings: AccountSettings;
}

const equal = (column: string, value: string): SqlCondition => ({ column, operator: '=', value });

/**
 * db_is_to_authorized, db_is_from_authorized: the user may be another one than that of the credentials. Deviation:
 * credentials whose password was wrong are none; OpenSIPS takes them for the account that they name.
 */
export function isAuthorized(tools: QuestionTools, which: 'to' | 'from'): Command {
  return {
    prepare([table]) {
      const withTable = tableArgument(table, 'uris', tools.versions);
      return (run) => withTable(run, (name) => mayBe(run, which, name, tools));
    },
  };
}

function mayBe(
  run: ScriptRun,
  which: 'to' | 'from',
  table: string,
  { host, database }: QuestionTools,
): MaybePromise<number> {
  const { log, params, routing, sip } = host;
  const uri = routing.uri((which === 'to' ? run.message.to : run.message.from)?.uri ?? '');
  if (!uri) {
    log.error('check_username', `Error while parsing ${which === 'to' ? 'To' : 'From'} header URI`);
    return codes.internal;
  }
  const found = [sip.digest.found(run, 'Authorization'), sip.digest.found(run, 'Proxy-Authorization')];
  const credentials = found.find((each) => each?.accepted);
  if (!credentials) {
    log.error('check_username', 'No authorized credentials found (error in scripts)');
    return codes.noCredentials;
  }
  if (uri.user === '') {
    log.error('check_username', 'Username not found in URI');
    return codes.noUser;
  }
  const { user, domain } = splitUser(credentials.fields.get('username') ?? '');
  const userColumn = String(params.uri_user_column);
  const where = [
    equal(userColumn, user),
    equal(String(params.uri_domain_column), domain ?? credentials.fields.get('realm') ?? ''),
    equal(String(params.uri_uriuser_column), uri.user),
  ];
  return ask(
    () => database().select(table, [userColumn], where),
    (rows): number => (rows.length > 0 ? codes.yes : codes.otherUser),
    failing(host, codes.query),
  );
}

/** db_does_uri_exist. */
export function doesUriExist(tools: QuestionTools): Command {
  const { host, database, versions, settings } = tools;
  return {
    prepare([uriText, table]) {
      const withTable = tableArgument(table, 'accounts', versions);
      return (run) => {
        const uri = host.routing.uri(String(uriText?.evaluate(run) ?? ''));
        if (!uri) return codes.internal;
        const where = [equal(settings.userColumn, uri.user)];
        if (settings.useDomain) where.push(equal(settings.domainColumn, uri.host));
        return withTable(run, (name) =>
          ask(
            () => database().select(name, [settings.userColumn], where),
            (rows): number => (rows.length > 0 ? codes.yes : codes.noRow),
            failing(host, codes.noUser),
          ),
        );
      };
    },
  };
}

/** db_get_auth_id. */
export function getAuthId(tools: QuestionTools): Command {
  return {
    prepare([table, uriText, user, realm]) {
      const withTable = tableArgument(table, 'uris', tools.versions);
      return (run) =>
        withTable(run, (name) => authId(run, name, String(uriText?.evaluate(run) ?? ''), user, realm, tools));
    },
  };
}

function authId(
  run: ScriptRun,
  table: string,
  uriText: string,
  user: PreparedArgument | undefined,
  realm: PreparedArgument | undefined,
  { host, database, settings }: QuestionTools,
): MaybePromise<number> {
  const { log, params, routing } = host;
  const uri = routing.uri(uriText);
  if (!uri?.user) {
    log.error('get_auth_id', `First parameter must be a URI with username (val = '${uriText}').`);
    return codes.internal;
  }
  const [userColumn, domainColumn] = [String(params.uri_user_column), String(params.uri_domain_column)];
  const where = [equal(String(params.uri_uriuser_column), uri.user)];
  if (settings.useDomain) where.push(equal(domainColumn, uri.host));
  return ask(
    () => database().select(table, [userColumn, domainColumn], where),
    (rows): number => {
      const [row] = rows;
      if (!row) return codes.noUser;
      if (rows.length > 1) {
        const hint = "Consider setting the 'use_domain' param.";
        log.warning('get_auth_id', `Multiple entries are matching the given uri. ${hint}`);
      }
      const [foundUser, foundRealm] = [row[userColumn], row[domainColumn]];
      if (typeof foundUser !== 'string' || typeof foundRealm !== 'string') {
        log.error('get_auth_id', `a column of ${userColumn} and ${domainColumn} is no text`);
        return codes.noText;
      }
      user?.assign(run, foundUser);
      realm?.assign(run, foundRealm);
      return codes.yes;
    },
    failing(host, codes.query),
  );
}

function failing({ log }: ModuleHost, code: number): (error: unknown) => number {
  return (error) => {
    log.error('check_username', `Error while querying database: ${reasonOf(error)}`);
    return code;
  };
}
