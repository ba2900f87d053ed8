import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { avpTableCommands } from '../avpops/database/avp-table.ts';
import { DatabaseUrls } from '../avpops/database/database-urls.ts';
import { intoAvps, rawCommand } from '../avpops/database/query.ts';
import { manifest } from './manifest.ts';
import { intoVariables } from './one-row.ts';
import { changeCommands, selectCommand } from './structured.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, params, routing, version } = host;
  const urls = new DatabaseUrls(host);
  const useDomain = params.use_domain ?? (Number.parseInt(version, 10) >= 4 ? 1 : 0);
  const table = String(params.usr_table ?? 'usr_preferences');
  const stored = avpTableCommands(
    { log, routing, params: { ...params, use_domain: useDomain } },
    urls,
    table,
  );
  const changes = changeCommands(host, urls);
  const intoOne = intoVariables(log);
  const queries = {
    sql_query: rawCommand(host, urls, intoAvps),
    sql_query_one: rawCommand(host, urls, intoOne),
  };
  return {
    commands: {
      ...queries,
      sql_select: selectCommand(host, urls, intoAvps),
      sql_select_one: selectCommand(host, urls, intoOne),
      sql_update: changes.update,
      sql_insert: changes.insert,
      sql_replace: changes.replace,
      sql_delete: changes.delete,
      sql_avp_load: stored.load,
      sql_avp_store: stored.store,
      sql_avp_delete: stored.delete,
    },
    asyncCommands: queries,
    check: () => urls.findings(),
    init() {
      if (log.debugOn) log.debug('sqlops_init', 'initializing...');
    },
    // Behind the routes, whose functions tell which databases they use.
    childInit: () => urls.open(),
  };
};

export default createModule;
