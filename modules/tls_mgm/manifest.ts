import type { Manifest } from '../../runtime/module-exports.ts';
import { isPeerVerifiedFacts } from './is-peer-verified.ts';
import { paramSchemas } from './parameters.ts';
import { statisticFacts } from './statistics.ts';
import { tlsVariableFacts } from './tls-variables.ts';

export const manifest = {
  name: 'tls_mgm',
  description: 'TLS domains: certificates, versions, ciphers and verification by address and server name.',
  dependencies: [
    { module: 'tls_openssl', missing: 'silent' },
    { module: 'tls_wolfssl', missing: 'silent' },
  ],
  commands: { is_peer_verified: isPeerVerifiedFacts },
  params: paramSchemas,
  statistics: statisticFacts,
  statisticsGroup: 'tls',
  variables: tlsVariableFacts,
  tools: {
    'tls explain': {
      description: 'Which TLS domain a connection to a socket gets, and why',
      usage: 'LISTENER [SNI]',
    },
  },
  api: 'TLS for streams: secures those that come in or are opened, and knows the facts of each',
} as const satisfies Manifest;
