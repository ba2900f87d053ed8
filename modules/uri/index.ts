import type { Database, ModuleFactory, ModuleHost, SipMessage } from '../../runtime/module-exports.ts';
import { manifest } from './manifest.ts';
import { questionCommands, readTable } from './questions.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const {
    log,
    sip: { uris },
  } = host;
  const url = databaseUrl(host);
  const table = readTable(host);
  let database: Database | undefined;
  const theDatabase = (): Database => {
    if (!database) throw new Error('no database URL is configured');
    return database;
  };
  return {
    commands: {
      ...questionCommands({ host, table, url, database: theDatabase }),
      has_totag: ({ message }) => message.to?.tag !== undefined,
      uri_param: ({ message }, name, value) =>
        uris.param(message.requestUri, String(name)) === (typeof value === 'string' ? value : ''),
      add_uri_param({ message }, param) {
        if (param === '') return true;
        const changed = uris.addParam(message.requestUri, String(param));
        if (changed === undefined) log.error('add_uri_param', 'new ruri too long');
        return setRequestUri(message, changed);
      },
      del_uri_param: ({ message }, name) =>
        name === '' || setRequestUri(message, uris.removeParam(message.requestUri, String(name))),
      tel2sip({ message }) {
        if (!/^tel:/i.test(message.requestUri)) return true;
        const changed = uris.telToSip(message.requestUri, message.from?.uri ?? '');
        if (changed === undefined) log.error('tel2sip', 'parsing From header failed');
        return setRequestUri(message, changed);
      },
      is_uri_user_e164: (_run, uri) => uris.hasE164User(String(uri)),
    },
    check: () => (url === undefined ? [] : host.databaseFindings(url, 'db_url')),
    init() {
      if (log.debugOn) log.debug('mod_init', 'initializing');
      if (url !== undefined) database = host.database(url);
    },
    childInit: () => (url === undefined ? undefined : checkTableVersion(theDatabase(), table)),
  };
};

export default createModule;

/** Deviation: true after a change, as the manual says; OpenSIPS 2.4 answers false then. */
function setRequestUri(message: SipMessage, changed: string | undefined): boolean {
  if (changed === undefined) return false;
  message.requestUri = changed;
  return true;
}

/** db_url, else what the core names for all modules. */
function databaseUrl({ params, globals }: ModuleHost): string | undefined {
  return String(params.db_url ?? globals.get('db_default_url') ?? '') || undefined;
}

/** Errors: the table has another layout than that of OpenSIPS 2.x. */
async function checkTableVersion(
  database: Database,
  { name, ofUris }: ReturnType<typeof readTable>,
): Promise<void> {
  const wanted = ofUris ? 2 : 7;
  const found = await database.tableVersion(name);
  if (found !== wanted) throw new Error(`the table ${name} has version ${found}, not ${wanted}`);
}
