import type { Counter, ModuleFactory, SipMessage } from '../../runtime/module-exports.ts';
import { accountCommands } from './account-commands.ts';
import { type Accounts, databaseOf, openAccounts } from './accounts.ts';
import { manifest } from './manifest.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const {
    log,
    sip: { uris },
  } = host;
  let accounts: Accounts | undefined;
  const counter = (name: string) => (): Counter => host.statistics.counter(name);
  const tools = {
    accounts: () => accounts,
    positive: counter('positive checks'),
    negative: counter('negative_checks'),
  };
  return {
    commands: {
      ...accountCommands(host, tools),
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
    check() {
      const url = databaseOf(host);
      return url === '' ? [] : host.databaseFindings(url, 'db_url');
    },
    async init() {
      if (log.debugOn) log.debug('mod_init', 'initializing');
      const url = databaseOf(host);
      if (url !== '') accounts = await openAccounts(host, host.database(url));
    },
  };
};

export default createModule;

/** Deviation: true after a change, as the manual says; OpenSIPS 2.4 answers false then. */
function setRequestUri(message: SipMessage, changed: string | undefined): boolean {
  if (changed === undefined) return false;
  message.requestUri = changed;
  return true;
}
