import type { ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import { domainCommands } from './commands.ts';
import { type DomainTable, openDomainTable } from './domain-table.ts';
import { askedDomains, KeptDomains, type LocalDomains, namesOfThisHost } from './local-domains.ts';
import { manifest } from './manifest.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, params, routing } = host;
  const url = databaseOf(host);
  const kept = params.db_mode === 0 ? undefined : new KeptDomains();
  let table: DomainTable | undefined;
  let domains: LocalDomains = namesOfThisHost(routing.isMyself);

  const reload = async () => {
    if (!table || !kept) throw new Error('DB is disabled (db_mode=0)');
    kept.replace(await table.all());
    return 'OK';
  };
  const dump = () => {
    if (!kept) throw new Error('DB is disabled (db_mode=0)');
    return {
      Domains: kept
        .list()
        .map(({ name, attributes }) => ({ name, ...(attributes !== null && { attributes }) })),
    };
  };

  return {
    commands: domainCommands(host, () => domains),
    mi: { domain_reload: reload, domain_dump: dump, reload, dump },
    api: { isLocal: (name: string) => domains.find(name) },
    check: () => (url === undefined ? [] : host.databaseFindings(url, 'db_url')),
    async init() {
      if (log.debugOn) log.debug('mod_init', 'Initializing');
      if (url === undefined) return;
      table = await openDomainTable(host, host.database(url));
      domains = kept ?? askedDomains(table);
      kept?.replace(await table.all());
      routing.addNames((name) => isKnown(domains, name));
    },
  };
};

export default createModule;

/** A name that the database cannot tell at once is none: what asks for it does not wait. */
function isKnown(domains: LocalDomains, name: string): boolean {
  try {
    const found = domains.find(name);
    if (!(found instanceof Promise)) return found !== undefined;
    found.catch(() => undefined);
    return false;
  } catch {
    return false;
  }
}

function databaseOf({ params, globals }: ModuleHost): string | undefined {
  const url = params.db_url ?? globals.get('db_default_url');
  return typeof url === 'string' && url !== '' ? url : undefined;
}
