import { connect, type Socket } from 'node:net';
import type { ConnectTarget, Receive } from '../../runtime/module-exports.ts';
import { upgradeAsClient } from './client-upgrade.ts';
import type { WebSocketConnection } from './connection.ts';
import type { EngineContext } from './context.ts';
import { DialFailure } from './dial-failures.ts';
import { StreamSet } from './stream-set.ts';

export interface DialSettings {
  /** ws_resource. */
  readonly resource: string;
  /** The core's tcp_connect_timeout, milliseconds. */
  readonly connectTimeout: number;
}

/** Opens connections to WebSocket servers and, at the end of the host, ends those that it has opened. */
export class Dialler {
  readonly #engine: EngineContext;
  readonly #settings: DialSettings;
  readonly #streams = new StreamSet<Socket>();

  constructor(engine: EngineContext, settings: DialSettings) {
    this.#engine = engine;
    this.#settings = settings;
  }

  /** Connects from the address of the chosen socket and upgrades the stream. Errors: DialFailure. */
  async connect(target: ConnectTarget, receive: Receive): Promise<WebSocketConnection> {
    const { statistics } = this.#engine;
    try {
      const connection = await this.#dial(target, receive);
      statistics.counters.dialled.value++;
      return connection;
    } catch (error) {
      const failure = this.#streams.ending ? new DialFailure('stopping') : error;
      if (failure instanceof DialFailure) statistics.dialFailed(failure.code);
      throw failure;
    }
  }

  /** Ends connections with 1001, and attempts at once; resolves when all are gone. */
  end(): Promise<void> {
    return this.#streams.end((stream) => stream.destroy());
  }

  async #dial(target: ConnectTarget, receive: Receive): Promise<WebSocketConnection> {
    if (this.#streams.ending) throw new DialFailure('stopping');
    const { address, port, socket } = target;
    const localAddress = socket.address;
    const stream = connect({ host: address, port, localAddress, noDelay: true, keepAlive: true });
    this.#streams.add(stream, stream);
    await this.#connected(stream);
    const context = { ...this.#engine, receive, socket: () => socket };
    const resource = target.path ?? this.#settings.resource;
    const connection = await upgradeAsClient(stream, context, { address, port, resource });
    this.#streams.opened(stream, connection);
    return connection;
  }

  #connected(stream: Socket): Promise<void> {
    const { connectTimeout } = this.#settings;
    return new Promise((resolve, reject) => {
      const fail = (failure: DialFailure) => {
        timer.cancel();
        stream.destroy();
        reject(failure);
      };
      // One turn later, because what has come while this process was busy counts as in time.
      const timer = this.#engine.host.timers.after(connectTimeout, () =>
        setImmediate(() => {
          if (stream.connecting) fail(new DialFailure('connect-timeout', `${connectTimeout} ms`));
        }),
      );
      // It stays: a stream that nobody listens to would throw.
      stream.on('error', (error) => fail(new DialFailure('connect', error.message)));
      stream.once('close', () => fail(new DialFailure('connect', 'closed')));
      stream.once('connect', () => {
        timer.cancel();
        resolve();
      });
    });
  }
}
