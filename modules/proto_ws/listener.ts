import { createServer, type Server, type Socket } from 'node:net';
import type { BindSocket, Listener, Receive } from '../../runtime/module-exports.ts';
import { type EngineContext, type ListenerContext, peerSuffix } from './context.ts';
import { StreamSet } from './stream-set.ts';
import { PendingUpgrade } from './upgrade.ts';

/** Opens a socket of `ws:` and serves it. Errors: those of node:net's listen. */
export async function listen(bind: BindSocket, receive: Receive, engine: EngineContext): Promise<Listener> {
  const { label, socket, proxyProtocol = false } = bind;
  const context: ListenerContext = { ...engine, receive, label, socket, proxyProtocol };
  const clients = new Clients(context);
  // Keepalive probes find peers that went away without a word.
  const server = createServer({ noDelay: true, keepAlive: true }, (stream) => clients.take(stream));
  const closed = new Promise<void>((resolve) => {
    server.once('close', resolve);
  });
  const { address, port } = await open(server, bind);
  server.on('error', (error) => engine.host.log.error('ws_accept', `${error.message} (${bind.label})`));
  return {
    address,
    port,
    stopAccepting: () => void server.close(),
    close: () => {
      server.close();
      return Promise.all([closed, clients.end()]).then(() => undefined);
    },
  };
}

function open(server: Server, bind: BindSocket): Promise<{ address: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(
      // `reusePort` has effect from Node 22.12 on; `ipv6Only` as OpenSIPS binds.
      {
        host: bind.address,
        port: bind.port,
        ipv6Only: bind.family === 6,
        ...(bind.reusePort && { reusePort: true }),
      },
      () => {
        server.off('error', reject);
        const bound = server.address();
        if (bound && typeof bound === 'object') resolve(bound);
        else reject(new Error(`no address of ${bind.label}`));
      },
    );
  });
}

/** The streams of one listener. */
class Clients {
  readonly #context: ListenerContext;
  readonly #streams = new StreamSet<PendingUpgrade>();

  constructor(context: ListenerContext) {
    this.#context = context;
  }

  take(stream: Socket): void {
    const { host, limits } = this.#context;
    const upgrade = new PendingUpgrade(stream, this.#context, (connection) =>
      this.#streams.opened(stream, connection),
    );
    this.#streams.add(stream, upgrade);
    stream.on('error', (error) => this.#onError(stream, error));
    if (this.#streams.ending) upgrade.refuse('stopping', 'stopping');
    else if (host.connections.size + this.#streams.pending > limits.maxConnections) {
      upgrade.refuse('connections', `maximum number of connections exceeded: ${limits.maxConnections}`);
    }
  }

  #onError(stream: Socket, error: Error): void {
    const { log } = this.#context.host;
    if (!log.debugOn) return;
    log.debug('ws_read', `${error.message}${peerSuffix(stream.remoteAddress ?? '', stream.remotePort ?? 0)}`);
  }

  /** Ends all in order: unfinished handshakes with 503, connections with 1001; resolves when all are gone. */
  end(): Promise<void> {
    return this.#streams.end((upgrade) => upgrade.refuse('stopping', 'stopping'));
  }
}
