import type { Manifest, ParamDependency, ParamSchema } from '../../runtime/module-exports.ts';
import { paramSchemas, statisticFacts } from '../proto_tcp/engine-facts.ts';

const neverWaits = 'nothing waits for a connection or a write here';

/** Those that proto_tcp does not have. */
const secured: Readonly<Record<string, ParamSchema>> = {
  tls_handshake_timeout: {
    type: 'integer',
    description:
      'How long the TLS handshake may take when connecting to a server. From 2.2 to 3.0: that of tls_mgm.',
    default: 100,
    unit: 'milliseconds',
    minimum: 1,
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
};

/** Parameters of OpenSIPS's manual that are of no use here. */
const idle: Readonly<Record<string, ParamSchema>> = {
  tls_async: {
    type: 'integer',
    description: 'Whether connecting and writing go on in the background.',
    default: 1,
    since: '3.2',
    noEffect: neverWaits,
  },
  tls_async_max_postponed_chunks: {
    type: 'integer',
    description: 'Messages that may wait to be written to one connection.',
    default: 32,
    since: '3.2',
    noEffect: 'tls_max_queue bounds what waits, in bytes',
  },
  tls_async_local_connect_timeout: {
    type: 'integer',
    description: 'How long a process waits for a connection before that goes on in the background.',
    default: 100,
    unit: 'milliseconds',
    since: '3.2',
    until: '3.6',
    noEffect: neverWaits,
  },
  tls_async_handshake_timeout: {
    type: 'integer',
    description: 'How long a process waits for a handshake before that goes on in the background.',
    default: 10,
    unit: 'milliseconds',
    since: '3.2',
    until: '3.6',
    noEffect: neverWaits,
  },
};

/** What files of 2.1, which had no tls_mgm, say of domains here. */
const ofDomains = [
  ...['server_domain', 'client_domain', 'client_domain_avp', 'tls_method', 'certificate', 'private_key'],
  ...['ca_list', 'ca_dir', 'ciphers_list', 'dh_params', 'ec_curve', 'verify_cert', 'require_cert'],
] as const;

function handedOn(name: string): ParamSchema {
  const description = `${name} of tls_mgm, which is loaded along with this module where it is set here.`;
  return { type: 'string', description, list: name !== 'client_domain_avp', until: '2.1' };
}

const bringsTlsMgm: readonly ParamDependency[] = [
  { module: 'tls_mgm', missing: 'load', when: { is: 'set' } },
];

export const manifest = {
  name: 'proto_tls',
  description: 'SIP over TLS (RFC 3261 §26.2), as a server and as a client.',
  kind: 'transport',
  dependencies: [
    { module: 'tls_mgm', missing: 'abort' },
    { module: 'proto_hep', missing: 'silent' },
  ],
  dependenciesFromParams: Object.fromEntries(ofDomains.map((name) => [name, bringsTlsMgm])),
  params: {
    ...paramSchemas({ prefix: 'tls', port: 5061 }),
    ...secured,
    ...idle,
    ...Object.fromEntries(ofDomains.map((name) => [name, handedOn(name)])),
  },
  statistics: statisticFacts,
  statisticsGroup: 'proto_tls',
  protocols: {
    tls: {
      description: 'SIP over TLS',
      defaultPort: 5061,
      portParam: 'tls_port',
      transport: 'stream',
      proxyProtocol: true,
    },
  },
} as const satisfies Manifest;
