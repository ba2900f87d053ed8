import type { Manifest, ParamSchema } from '../../runtime/module-exports.ts';
import { paramSchemas, statisticFacts } from './engine-facts.ts';

const neverWaits = 'nothing waits for a connection or a write here';

/** Parameters of OpenSIPS's manual that are of no use here. */
const idle: Readonly<Record<string, ParamSchema>> = {
  tcp_async: {
    type: 'integer',
    description: 'Whether connecting and writing go on in the background.',
    default: 1,
    noEffect: neverWaits,
  },
  tcp_async_max_postponed_chunks: {
    type: 'integer',
    description: 'Messages that may wait to be written to one connection.',
    default: 32,
    noEffect: 'tcp_max_queue bounds what waits, in bytes',
  },
  tcp_async_local_connect_timeout: {
    type: 'integer',
    description: 'How long a process waits for a connection before that goes on in the background.',
    default: 100,
    unit: 'milliseconds',
    until: '3.6',
    noEffect: neverWaits,
  },
  tcp_async_local_write_timeout: {
    type: 'integer',
    description: 'How long a process waits for a write before that goes on in the background.',
    default: 10,
    unit: 'milliseconds',
    noEffect: neverWaits,
  },
  tcp_parallel_handling: {
    type: 'integer',
    description: 'Whether the next message is read while the script works on one.',
    default: 0,
    since: '3.3',
    until: '3.6',
    noEffect: 'the next message is always read while a run of the script waits',
  },
};

export const manifest = {
  name: 'proto_tcp',
  description: 'SIP over TCP (RFC 3261 §18), as a server and as a client.',
  kind: 'transport',
  dependencies: [{ module: 'proto_hep', missing: 'silent' }],
  params: { ...paramSchemas({ prefix: 'tcp', port: 5060 }), ...idle },
  statistics: statisticFacts,
  protocols: {
    tcp: {
      description: 'SIP over TCP',
      defaultPort: 5060,
      portParam: 'tcp_port',
      transport: 'stream',
      proxyProtocol: true,
    },
  },
} as const satisfies Manifest;
