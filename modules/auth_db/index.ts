import type {
  Command,
  Database,
  FoundCredentials,
  MaybePromise,
  ModuleFactory,
  ModuleHost,
  ScriptRun,
  SqlRow,
} from '../../runtime/module-exports.ts';
import {
  type AccountSettings,
  type Asked,
  findAccount,
  type Ha1,
  loadCredentials,
  readAccountSettings,
} from './accounts.ts';
import { manifest } from './manifest.ts';
import { doesUriExist, getAuthId, isAuthorized } from './questions.ts';
import { tableArgument } from './table-argument.ts';
import { createTableVersions, type TableVersions } from './table-versions.ts';

export { manifest };

type Header = FoundCredentials['header'];

/** What auth offers. */
interface Authentication {
  authorize(
    run: ScriptRun,
    realm: string,
    header: Header,
    ha1Of: (asked: Asked) => MaybePromise<Ha1>,
  ): MaybePromise<number>;
}

interface Tools {
  readonly host: ModuleHost;
  readonly settings: AccountSettings;
  readonly versions: TableVersions;
  database(): Database;
  authentication(): Authentication;
}

const createModule: ModuleFactory = (host) => {
  const { log, params, version } = host;
  let database: Database | undefined;
  let authentication: Authentication | undefined;
  const theDatabase = () => started(database);
  const versions = createTableVersions(theDatabase, log, version, params.skip_version_check === 1);
  const tools: Tools = {
    host,
    settings: readAccountSettings(host),
    versions,
    database: theDatabase,
    authentication: () => started(authentication),
  };
  return {
    commands: {
      www_authorize: authorizeCommand(tools, 'Authorization'),
      proxy_authorize: authorizeCommand(tools, 'Proxy-Authorization'),
      db_is_to_authorized: isAuthorized(tools, 'to'),
      db_is_from_authorized: isAuthorized(tools, 'from'),
      db_does_uri_exist: doesUriExist(tools),
      db_get_auth_id: getAuthId(tools),
    },
    check: () => host.databaseFindings(databaseUrl(host), 'db_url'),
    init() {
      log.info('mod_init', 'initializing...');
      authentication = host.bind<Authentication>('auth');
      database = host.database(databaseUrl(host));
    },
    childInit: () => versions.checkExpected(),
  };
};

export default createModule;

/** db_url, else what the core names for all modules. */
function databaseUrl({ params, globals }: ModuleHost): string {
  return String(params.db_url ?? globals.get('db_default_url') ?? '');
}

/** Functions run behind `init` alone. */
function started<T>(given: T | undefined): T {
  if (given === undefined) throw new Error('auth_db is not started');
  return given;
}

/** www_authorize, proxy_authorize: as auth judges, with the password of a table. */
function authorizeCommand(tools: Tools, header: Header): Command {
  const { host, settings, versions } = tools;
  return {
    prepare([realm, table]) {
      const withTable = tableArgument(table, 'accounts', versions);
      return (run) => withTable(run, (name) => authorize(run, String(realm?.evaluate(run) ?? ''), name));
    },
  };

  function authorize(run: ScriptRun, realm: string, table: string): MaybePromise<number> {
    let found: SqlRow | undefined;
    const code = tools.authentication().authorize(run, realm, header, (asked) => {
      const keep = (account: { readonly ha1: Ha1; readonly row: SqlRow | undefined }): Ha1 => {
        found = account.row;
        return account.ha1;
      };
      const account = findAccount(tools.database(), table, asked, settings, host);
      return account instanceof Promise ? account.then(keep) : keep(account);
    });
    const load = (answer: number): number => {
      if (answer === 1 && found) loadCredentials(run, found, settings.loaded, host.log);
      return answer;
    };
    return code instanceof Promise ? code.then(load) : load(code);
  }
}
