import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { TestContext } from 'node:test';
import type { TlsApi } from '../../../modules/tls_mgm/api.ts';
import type { Host, HostOptions } from '../../../runtime/index.ts';
import { type Leaf, temporaryFolder, writePem } from '../../pki/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';

/** An address and port that a test listens on. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/**
 * Loopback addresses of the tests. On Linux all of 127/8 is the loopback, and nobody else is given a port of these, so
 * that one that was free stays free; elsewhere there is but one.
 */
export const [addressA, addressB] =
  process.platform === 'linux' ? (['127.83.73.81', '127.83.73.82'] as const) : ['127.0.0.1', '127.0.0.1'];

export const hasIpv6 = Object.values(networkInterfaces()).some((entries) =>
  entries?.some(({ address }) => address === '::1'),
);

/** A port of that address that nobody listens on. */
export async function freePlace(address: string): Promise<Place> {
  const server = createServer().listen(0, address);
  await once(server, 'listening');
  const bound = server.address();
  server.close();
  await once(server, 'close');
  if (bound === null || typeof bound === 'string') throw new Error(`no port of ${address}`);
  return { address, port: bound.port };
}

export function shown({ address, port }: Place): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Identities in files of one folder: `certificate` and `private_key` of each are `PATH.pem` and `PATH.key`. */
export class IdentityFiles {
  readonly folder = temporaryFolder();

  write(name: string, leaf: Leaf): void {
    writePem(this.folder, `${name}.pem`, leaf.chain);
    writePem(this.folder, `${name}.key`, leaf.key);
  }

  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** The lines of a domain: `identity('[a]', 'b')` gives domain a the certificate b. */
  identity(prefix: string, name: string): string {
    return `certificate ${prefix}${this.path(name)}.pem\nprivate_key ${prefix}${this.path(name)}.key`;
  }
}

/** Lines `parameter value` as modparam lines of a module. */
export function modparams(module: string, lines: string): string {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, name = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      const isNumber = numbers.has(name);
      return `modparam("${module}", "${name}", ${isNumber ? value : `"${value}"`})`;
    })
    .join('\n');
}

/** Parameters whose values are integers. */
const numbers = new Set([
  'tls_accept_timeout',
  'tls_handshake_timeout',
  'tls_max_hello',
  'tls_send_timeout',
  'tls_reload_on_hup',
  'tls_watch',
  'cert_check_on_conn_reusage',
]);

export interface TlsHostOptions {
  /** Default: 3.6. */
  readonly version?: string;
  /** Default: one free port of `addressA`. */
  readonly places?: readonly Place[];
  readonly protocol?: 'tls' | 'wss';
  /** Lines `parameter value` of tls_mgm. */
  readonly domains: string;
  /** The same of the protocol's module. */
  readonly params?: string;
  /** Default: tells the values of `answerText`. */
  readonly script?: string;
  readonly options?: HostOptions;
}

/** A host with TLS sockets that runs. */
export interface TlsHost {
  readonly host: Host;
  readonly places: readonly Place[];
  /** The first of them. */
  readonly place: Place;
  readonly log: CollectedLog;
  readonly api: TlsApi;
  readonly protocol: 'tls' | 'wss';
  /** The lines of handshakes that failed, from the `from`-th line of the log on. */
  refusals(from?: number): readonly string[];
  /** When no handshake of a client is under way any more, and the log has said all of them. */
  settled(): Promise<void>;
  /** Of the group `tls`. */
  statistic(name: string): number;
  stop(): Promise<void>;
}

/** What the script answers: the values that a connection has for it. */
const answerText =
  '$tls_my_subject_cn $tls_version $tls_peer_verified$tls_peer_expired$tls_peer_revoked$tls_peer_selfsigned $var(verified) $tls_peer_subject_cn $tls_cipher_info';

const answering = `
  route {
    if (is_peer_verified()) $var(verified) = "yes"; else $var(verified) = "no";
    sl_send_reply(200, "${answerText}");
  }`;

/** Starts a host; it is gone after the test, where one is given. */
export async function startTlsHost(setup: TlsHostOptions, t?: TestContext): Promise<TlsHost> {
  const { protocol = 'tls', version = '3.6', script = answering, params = '', options } = setup;
  const places = setup.places ?? [await freePlace(addressA)];
  const [place] = places;
  const log = collectLog(3);
  const module = `proto_${protocol}`;
  const config = [
    ...places.map((place) => `socket=${protocol}:${shown(place)}`),
    'loadmodule "tls_mgm.so"',
    `loadmodule "${module}.so"`,
    'loadmodule "sl.so"',
    modparams('tls_mgm', setup.domains),
    modparams(module, params),
    script,
    '',
  ].join('\n');
  const host = await hostOf(config, { version, listenOn: () => undefined, log: log.log, ...options });
  await host.start();
  t?.after(() => host.stop());
  const statistic = (name: string) => host.statistics.get(`tls:${name}`) ?? 0;
  const api = host.api<TlsApi>('tls_mgm');
  if (!api || !place) throw new Error('no API, or no socket');
  return {
    host,
    places,
    place,
    log,
    api,
    protocol,
    refusals: (from = 0) =>
      log.lines
        .slice(from)
        .filter((line) => line.includes(' tls_accept: New TLS connection') && line.includes(' failed ')),
    async settled() {
      while (statistic('accepting') > 0) await new Promise(setImmediate);
    },
    statistic,
    stop: () => host.stop(),
  };
}
