import type { ConnectionOptions, TLSSocket } from 'node:tls';
import createModule, { manifest } from '../../../modules/proto_wss/index.ts';
import type { Connection } from '../../../runtime/module-exports.ts';
import type { Role } from '../proto_ws/frame-rows.ts';
import { goodAnswer, requestText, upgraded, type WireReader } from '../proto_ws/wire.ts';
import { openProtocolHost, type ProtocolHost, type ProtocolHostOptions } from '../protocol-host.ts';
import { dialTls, openRawTlsServer, type TlsFiles, tlsBelow } from '../tls-domains.ts';

/** The module proto_wss over tls_mgm, and no script above. */
export interface SecureHost extends ProtocolHost {
  /** A TLS stream to the listener. */
  dial(options?: ConnectionOptions): Promise<TLSSocket>;
  /** Opens a connection to a server. */
  connect(port: number): Promise<Connection>;
}

/** A busy machine needs more time than the defaults of 100 ms. */
const patience = 20_000;

export async function openSecureHost(files: TlsFiles, options: ProtocolHostOptions): Promise<SecureHost> {
  const host = await openProtocolHost(manifest, createModule, {
    ...options,
    globals: { tcp_connect_timeout: patience, ...options.globals },
    params: { wss_handshake_timeout: patience, wss_tls_handshake_timeout: patience, ...options.params },
    below: tlsBelow(files),
  });
  const { protocol, socket } = host;
  return {
    ...host,
    dial: (dialOptions) => dialTls(host.port, files, dialOptions),
    connect: (port) =>
      protocol.connect?.({ protocol: 'wss', address: '127.0.0.1', port, socket }, options.onMessage) ??
      Promise.reject(new Error('the module does not connect')),
  };
}

/** The module in one role, with raw peers that a test plays itself. */
export interface SecureEngine {
  readonly host: SecureHost;
  /** The far end of a fresh connection, its handshakes done. */
  peer(): Promise<WireReader>;
  close(): Promise<void>;
}

export async function openSecureEngine(
  role: Role,
  files: TlsFiles,
  options: ProtocolHostOptions,
): Promise<SecureEngine> {
  const host = await openSecureHost(files, options);
  if (role === 'server') {
    return { host, peer: async () => upgraded(await host.dial()), close: () => host.close() };
  }
  const server = await openRawTlsServer(files);
  return {
    host,
    async peer() {
      const connecting = host.connect(server.port);
      const reader = await server.accepted();
      reader.socket.write(requestText(goodAnswer(await reader.head())));
      await connecting;
      return reader;
    },
    async close() {
      await host.close();
      await server.close();
    },
  };
}

/** Parameters of proto_ws by the names that they have here. */
export function renamed(params: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name.replace(/^ws_/, 'wss_'), value]),
  );
}
