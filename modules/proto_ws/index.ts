import type { ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import type { EngineContext } from './context.ts';
import { Dialler } from './dialler.ts';
import { listen } from './listener.ts';
import { manifest } from './manifest.ts';
import { limitsOf, resourceOf } from './parameters.ts';
import { createRequestVariables } from './request-variables.ts';
import { EngineStatistics } from './statistics.ts';

export { manifest };

const createModule: ModuleFactory = (host: ModuleHost) => {
  const engine: EngineContext = {
    protocol: 'ws',
    host,
    limits: limitsOf(host),
    statistics: new EngineStatistics(host.statistics),
  };
  const dialler = new Dialler(engine, resourceOf(host));
  return {
    variables: createRequestVariables(),
    protocols: {
      ws: {
        listen: (socket, receive) => listen(socket, receive, engine),
        connect: (target, receive) => dialler.connect(target, receive),
      },
    },
    init() {
      host.log.info('mod_init', 'initializing WebSocket protocol');
    },
    destroy: () => dialler.end(),
  };
};

export default createModule;
