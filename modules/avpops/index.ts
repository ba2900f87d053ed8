import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { checkCommand } from './check.ts';
import { listCommands } from './list-commands.ts';
import { manifest } from './manifest.ts';
import { operateCommand } from './operate.ts';
import { pushCommand } from './push.ts';

export { manifest };

const createModule: ModuleFactory = (host) => ({
  commands: {
    ...listCommands(host),
    avp_check: checkCommand(host),
    avp_op: operateCommand(host),
    avp_pushto: pushCommand(host),
  },
  init() {
    host.log.info('avpops_init', 'initializing...');
  },
});

export default createModule;
