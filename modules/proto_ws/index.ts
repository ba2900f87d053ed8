import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { createWebSocketProtocol } from './engine.ts';
import { manifest } from './manifest.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { protocol, variables, destroy } = createWebSocketProtocol(host, {
    protocol: 'ws',
    prefix: 'ws',
    streams: host.streams,
    readRule: 'each-read',
  });
  return {
    variables,
    protocols: { ws: protocol },
    init() {
      host.log.info('mod_init', 'initializing WebSocket protocol');
    },
    destroy,
  };
};

export default createModule;
