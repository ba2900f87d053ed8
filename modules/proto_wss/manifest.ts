import type { Manifest, ParamSchema } from '../../runtime/module-exports.ts';
import { paramSchemas } from '../proto_ws/parameter-table.ts';
import { requestVariables } from '../proto_ws/request-variables.ts';
import { statisticFacts } from '../proto_ws/statistics.ts';

/** Those that proto_ws does not have. */
const secured = {
  wss_tls_handshake_timeout: {
    type: 'integer',
    description:
      'How long the TLS handshake may take when connecting to a server. Before 3.1: tls_handshake_timeout of tls_mgm.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
    since: '3.1',
  },
  cert_check_on_conn_reusage: {
    type: 'integer',
    description:
      '1: an open connection carries a message only where its client domain and server name are those that a new one would have.',
    default: 0,
    minimum: 0,
    maximum: 1,
    since: '2.4',
  },
} as const satisfies Readonly<Record<string, ParamSchema>>;

export const manifest = {
  name: 'proto_wss',
  description: 'SIP over secure WebSocket (RFC 7118), as a server and as a client.',
  kind: 'transport',
  dependencies: [
    { module: 'tls_mgm', missing: 'abort' },
    { module: 'proto_hep', missing: 'silent' },
  ],
  params: { ...paramSchemas({ prefix: 'wss', port: 443, since: { send_timeout: '3.1' } }), ...secured },
  statistics: statisticFacts,
  variables: requestVariables,
  protocols: {
    wss: {
      description: 'SIP over secure WebSocket',
      defaultPort: 443,
      portParam: 'wss_port',
      transport: 'stream',
      proxyProtocol: true,
    },
  },
} as const satisfies Manifest;
