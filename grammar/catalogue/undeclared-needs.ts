import type { VersionRange } from '../manifest.ts';

/** A module whose start fails without another one, although its table of dependencies does not name it. */
export interface UndeclaredNeed extends VersionRange {
  readonly module: string;
  /** One of these is enough. */
  readonly anyOf: readonly string[];
  /** Holds only with a socket of this protocol. */
  readonly listener?: string;
  /** Holds only where a route calls this function. */
  readonly call?: string;
  /** Holds only where all of these do. */
  readonly given?: readonly ParamCondition[];
}

/** What the last line of a parameter has to say, its default where there is none: one of these values, or more than zero. */
export interface ParamCondition {
  readonly param: string;
  readonly default: number | string;
  readonly is: readonly (number | string)[] | 'positive';
}

const anInt = (param: string, value: number): ParamCondition => ({ param, default: 0, is: [value] });
const inCluster: ParamCondition = { param: 'cluster_id', default: 0, is: 'positive' };
const tlsLibrary = (value: string): ParamCondition => ({
  param: 'tls_library',
  default: 'auto',
  is: [value],
});

/** Found in what the initialization of each module of OpenSIPS looks up and ends without. */
export const undeclaredNeeds: readonly UndeclaredNeed[] = [
  { module: 'proto_wss', anyOf: ['tls_mgm'] },
  { module: 'proto_msrp', anyOf: ['tls_mgm'], listener: 'msrps' },
  { module: 'proto_hep', anyOf: ['tls_mgm'], listener: 'hep_tls', since: '3.5' },
  { module: 'rest_client', anyOf: ['tls_mgm'], call: 'rest_init_client_tls', since: '2.4' },
  { module: 'tls_mgm', anyOf: ['tls_openssl', 'tls_wolfssl'], given: [tlsLibrary('auto')], since: '3.2' },
  { module: 'tls_mgm', anyOf: ['tls_openssl'], given: [tlsLibrary('openssl')], since: '3.2' },
  { module: 'tls_mgm', anyOf: ['tls_wolfssl'], given: [tlsLibrary('wolfssl')], since: '3.2' },
  { module: 'signaling', anyOf: ['sl', 'tm'] },
  { module: 'auth_db', anyOf: ['signaling'] },
  { module: 'b2b_sca', anyOf: ['tm'] },
  { module: 'callops', anyOf: ['tm'] },
  { module: 'emergency', anyOf: ['dialog'] },
  { module: 'emergency', anyOf: ['tm'] },
  { module: 'emergency', anyOf: ['rr'] },
  { module: 'imc', anyOf: ['tm'] },
  { module: 'lua', anyOf: ['sl'] },
  { module: 'msrp_relay', anyOf: ['auth'] },
  { module: 'msrp_relay', anyOf: ['proto_msrp'] },
  { module: 'nat_traversal', anyOf: ['clusterer'], given: [inCluster], since: '3.0' },
  { module: 'nathelper', anyOf: ['clusterer'], given: [inCluster], since: '3.0' },
  { module: 'proto_smpp', anyOf: ['tm'] },
  { module: 'pua', anyOf: ['tm'] },
  { module: 'pua', anyOf: ['clusterer'], given: [inCluster], since: '3.2' },
  { module: 'qrouting', anyOf: ['drouting'], until: '3.1' },
  {
    module: 'presence_xml',
    anyOf: ['xcap_client'],
    given: [anInt('force_active', 0), anInt('integrated_xcap_server', 0)],
  },
  { module: 'rls', anyOf: ['xcap_client'], given: [anInt('integrated_xcap_server', 0)] },
];
