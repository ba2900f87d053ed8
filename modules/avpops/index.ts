import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { checkCommand } from './check.ts';
import { avpTableCommands } from './database/avp-table.ts';
import { DatabaseUrls } from './database/database-urls.ts';
import { queryCommand } from './database/query.ts';
import { listCommands } from './list-commands.ts';
import { manifest } from './manifest.ts';
import { operateCommand } from './operate.ts';
import { pushCommand } from './push.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const urls = new DatabaseUrls(host);
  const stored = avpTableCommands(host, urls, String(host.params.avp_table ?? 'usr_preferences'));
  const query = queryCommand(host, urls);
  return {
    commands: {
      ...listCommands(host),
      avp_check: checkCommand(host),
      avp_op: operateCommand(host),
      avp_pushto: pushCommand(host),
      avp_db_load: stored.load,
      avp_db_store: stored.store,
      avp_db_delete: stored.delete,
      avp_db_query: query,
    },
    asyncCommands: { avp_db_query: query },
    check: () => urls.findings(),
    init() {
      host.log.info('avpops_init', 'initializing...');
    },
    // Behind the routes, whose functions tell which databases they use.
    childInit: () => urls.open(),
  };
};

export default createModule;
