import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { createTcpProtocol } from './engine.ts';
import { manifest } from './manifest.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { protocol, destroy } = createTcpProtocol(host, {
    protocol: 'tcp',
    prefix: 'tcp',
    streams: host.streams,
    readRule: 'each-read',
  });
  return {
    protocols: { tcp: protocol },
    init() {
      host.log.info('mod_init', 'initializing TCP-plain protocol');
    },
    destroy,
  };
};

export default createModule;
