import type { Manifest } from '../../runtime/module-exports.ts';
import { paramSchemas } from './parameter-table.ts';
import { requestVariables } from './request-variables.ts';
import { statisticFacts } from './statistics.ts';

export const manifest = {
  name: 'proto_ws',
  description: 'SIP over WebSocket (RFC 7118), as a server and as a client.',
  kind: 'transport',
  dependencies: [{ module: 'proto_hep', missing: 'silent' }],
  params: paramSchemas({ prefix: 'ws', port: 80 }),
  statistics: statisticFacts,
  variables: requestVariables,
  protocols: {
    ws: {
      description: 'SIP over WebSocket',
      defaultPort: 80,
      portParam: 'ws_port',
      transport: 'stream',
      proxyProtocol: true,
    },
  },
} as const satisfies Manifest;
