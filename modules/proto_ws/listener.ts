import type { BindSocket, ByteStream, Listener, Receive } from '../../runtime/module-exports.ts';
import { type EngineContext, type ListenerContext, peerSuffix } from './context.ts';
import { StreamSet } from './stream-set.ts';
import { PendingUpgrade } from './upgrade.ts';

/** Opens a socket of `ws:` and serves it. Errors: those of node:net's listen. */
export async function listen(bind: BindSocket, receive: Receive, engine: EngineContext): Promise<Listener> {
  const { label, socket } = bind;
  const context: ListenerContext = { ...engine, receive, label, socket };
  const clients = new Clients(context);
  const server = await engine.host.streams.listen(bind, clients);
  return {
    address: server.address,
    port: server.port,
    stopAccepting: () => server.stopAccepting(),
    close: () => {
      server.stopAccepting();
      return Promise.all([server.closed, clients.end()]).then(() => undefined);
    },
  };
}

/** The streams of one listener. */
class Clients {
  readonly #context: ListenerContext;
  readonly #streams = new StreamSet<PendingUpgrade>();

  constructor(context: ListenerContext) {
    this.#context = context;
  }

  take(stream: ByteStream): void {
    const upgrade = new PendingUpgrade(stream, this.#context, (connection) =>
      this.#streams.opened(stream, connection),
    );
    this.#streams.add(stream, upgrade);
    stream.on('error', (error: Error) => this.#onError(stream, error));
    if (this.#streams.ending) upgrade.refuse('stopping', 'stopping');
    else if (!this.#context.host.streams.admit(stream)) upgrade.refuse('connections');
  }

  #onError(stream: ByteStream, error: Error): void {
    const { log } = this.#context.host;
    if (!log.debugOn) return;
    log.debug('ws_read', `${error.message}${peerSuffix(stream.remoteAddress ?? '', stream.remotePort ?? 0)}`);
  }

  /** Ends all in order: unfinished handshakes with 503, connections with 1001; resolves when all are gone. */
  end(): Promise<void> {
    return this.#streams.end((upgrade) => upgrade.refuse('stopping', 'stopping'));
  }
}
