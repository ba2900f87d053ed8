import type { ModuleFactory } from '../../runtime/module-exports.ts';
import { createIsPeerVerified } from './is-peer-verified.ts';
import { TlsManagement } from './management.ts';
import { manifest } from './manifest.ts';
import { createTlsVariables } from './tls-variables.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const management = new TlsManagement(host);
  const factsOf = management.factsOf.bind(management);
  return {
    commands: { is_peer_verified: createIsPeerVerified(factsOf, host.log) },
    variables: createTlsVariables(factsOf),
    tools: { 'tls explain': (words, around) => management.explain(words, around) },
    api: management,
    check: (around) => management.check(around),
    async init() {
      host.log.info('mod_init', 'initializing TLS management');
      await management.start();
    },
    destroy: () => management.stop(),
  };
};

export default createModule;
