import { once } from 'node:events';
import { type ConnectionOptions, connect, createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { default as createModule, manifest } from '../../modules/tls_mgm/index.ts';
import { type Authority, createPki, type Leaf, temporaryFolder, writePem } from '../pki/index.ts';
import { type RawServer, rawServer } from './proto_ws/wire.ts';
import type { ModuleBelow } from './protocol-host.ts';

/** Certificates in files, and in memory, for a host and for its peers. */
export interface TlsFiles {
  readonly folder: string;
  readonly root: Authority;
  readonly stranger: Authority;
  /** For localhost, 127.0.0.1 and ::1. */
  readonly leaf: Leaf;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Makes them for one test file. */
export async function makeTlsFiles(): Promise<TlsFiles> {
  const { root, stranger } = await createPki();
  const leaf = await root.issue();
  const folder = temporaryFolder();
  return {
    folder,
    root,
    stranger,
    leaf,
    ca: writePem(folder, 'ca.pem', root.certificate),
    certificate: writePem(folder, 'host.pem', leaf.chain),
    key: writePem(folder, 'host.key', leaf.key),
  };
}

/** Both sides show the certificate and trust the authority; clients may come without one. */
export function domainParams({ certificate, key, ca }: TlsFiles): ModuleBelow['params'] {
  const both = (file: string) => [`[here]${file}`, `[there]${file}`];
  return {
    server_domain: ['here'],
    client_domain: ['there'],
    certificate: both(certificate),
    private_key: both(key),
    ca_list: both(ca),
    require_cert: ['[here]0'],
  };
}

/** The same as lines of a config, with tls_mgm loaded; more lines for the domains `here` and `there` behind them. */
export function domainLines(files: TlsFiles, more: readonly string[] = []): string {
  const lines = Object.entries(domainParams(files)).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => `modparam("tls_mgm", "${name}", "${value}")`),
  );
  return ['loadmodule "tls_mgm.so"', ...lines, ...more].join('\n');
}

/** tls_mgm with these domains, for a module that is opened without a config. */
export function tlsBelow(files: TlsFiles): ModuleBelow {
  return { manifest, createModule, params: domainParams(files) };
}

/** A TLS stream to a listener, its handshake done. */
export async function dialTls(
  port: number,
  { root }: Pick<TlsFiles, 'root'>,
  options: ConnectionOptions = {},
): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, ca: [root.certificate], ...options });
  await once(socket, 'secureConnect');
  return socket;
}

/** A server of TLS streams on loopback that a test plays itself. */
export function openRawTlsServer(
  { leaf }: Pick<TlsFiles, 'leaf'>,
  options: TlsOptions = {},
): Promise<RawServer> {
  return rawServer(createServer({ cert: leaf.chain, key: leaf.key, ...options }), 'secureConnection');
}
