import { once } from 'node:events';
import type { Server as NetServer, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createServer, type TLSSocket, type TlsOptions } from 'node:tls';
import type { ByteStream, ConnectTarget } from '../../../runtime/module-exports.ts';
import type { Leaf } from '../../pki/index.ts';
import type { Place, TlsHost } from './tls-host.ts';

/** A TLS server of Node that hosts connect to, with what it has seen of them. */
export interface SeenServer {
  readonly place: Place;
  /** The server name of each handshake that was completed, with the common name of the client's certificate. */
  readonly seen: { readonly name: string | undefined; readonly client: string | undefined }[];
}

/** Listens on any port; it is gone after the test. */
export async function startServer(
  t: TestContext,
  leaf: Leaf,
  options: TlsOptions = {},
  address = '127.0.0.1',
): Promise<SeenServer> {
  const seen: SeenServer['seen'][number][] = [];
  const server = createServer({ cert: leaf.chain, key: leaf.key, ...options }, (socket) => {
    const { subject } = socket.getPeerCertificate();
    seen.push({ name: nameOf(socket), client: [subject?.CN ?? []].flat()[0] });
    socket.on('error', () => undefined).resume();
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  return { place: await listening(t, server, address), seen };
}

/** Listens on any port of an address; server and connections are gone after the test. */
export async function listening(t: TestContext, server: NetServer, address = '127.0.0.1'): Promise<Place> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, address);
  await once(server, 'listening');
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return { address, port: bound.port };
}

/** `false` stands for no name where Node has one. */
function nameOf(socket: TLSSocket): string | undefined {
  const name: unknown = Reflect.get(socket, 'servername');
  return typeof name === 'string' ? name : undefined;
}

/** What a host is asked to connect for. */
export interface Wish {
  readonly hostname?: string;
  readonly avps?: Readonly<Record<string, string>>;
}

/** Lets the host's tls_mgm open a connection. */
export function dial(host: TlsHost, { address, port }: Place, wish: Wish = {}): Promise<ByteStream> {
  const [socket] = host.host.listeners;
  if (!socket) throw new Error('the host has no socket');
  const avps = new Map(Object.entries(wish.avps ?? {}).map(([name, value]) => [name, [value]]));
  const target: ConnectTarget = { protocol: 'tls', address, port, socket, hostname: wish.hostname, avps };
  return host.api
    .streams({ handshakeTimeout: { milliseconds: 20_000, param: 'tls_handshake_timeout' } })
    .connect(target);
}

/** `ok`, or the reason and what it says, of a connection that is closed again. */
export async function verdictOf(dialling: Promise<ByteStream>): Promise<string> {
  try {
    (await dialling).destroy();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
