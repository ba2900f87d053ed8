import type { ByteStream, ConnectTarget, Receive } from '../../runtime/module-exports.ts';
import type { WebSocketConnection } from './connection.ts';
import type { EngineContext } from './context.ts';
import { DialFailure, dialFailureCode } from './dial-failures.ts';
import { StreamSet } from './stream-set.ts';

/** Opens connections to WebSocket servers and, at the end of the host, ends those that it has opened. */
export class Dialler {
  readonly #engine: EngineContext;
  readonly #resource: string;
  readonly #streams = new StreamSet<ByteStream>();

  /** `resource`: what is asked for where a target names no path. */
  constructor(engine: EngineContext, resource: string) {
    this.#engine = engine;
    this.#resource = resource;
  }

  /** Connects from the address of the chosen socket and upgrades the stream. Errors: DialFailure, StreamFailure. */
  async connect(target: ConnectTarget, receive: Receive): Promise<WebSocketConnection> {
    const { statistics } = this.#engine;
    try {
      const connection = await this.#dial(target, receive);
      statistics.counters.dialled.value++;
      return connection;
    } catch (error) {
      const failure = this.#streams.ending ? new DialFailure('stopping') : error;
      statistics.dialFailed(dialFailureCode(failure));
      throw failure;
    }
  }

  /** Ends connections with 1001, and handshakes at once; resolves when all are gone. */
  end(): Promise<void> {
    return this.#streams.end((stream) => stream.destroy());
  }

  async #dial(target: ConnectTarget, receive: Receive): Promise<WebSocketConnection> {
    if (this.#streams.ending) throw new DialFailure('stopping');
    const { address, port, socket, headers = '' } = target;
    const { upgradeAsClient } = await import('./both-sides.ts');
    // As in OpenSIPS a PROXY header tells of the connection, because the handshake comes before any message.
    const stream = await this.#engine.host.streams.connect({ ...target, source: undefined });
    this.#streams.add(stream, stream);
    // It stays: a stream that nobody listens to would throw.
    stream.on('error', ignore);
    if (this.#streams.ending) {
      stream.destroy();
      throw new DialFailure('stopping');
    }
    const context = { ...this.#engine, receive, socket: () => socket };
    const resource = target.path ?? this.#resource;
    const connection = await upgradeAsClient(stream, context, { address, port, resource, headers });
    this.#streams.opened(stream, connection);
    return connection;
  }
}

/** Whoever uses the stream is told too. */
function ignore(): void {}
