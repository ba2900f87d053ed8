import type { ByteStream } from '../../runtime/module-exports.ts';
import { StreamConnection } from './connection.ts';
import type { SocketContext } from './context.ts';

/** Connections that end together. */
export class ConnectionSet {
  readonly #open = new Set<StreamConnection>();
  #ended: Promise<void> | undefined;
  #allGone: (() => void) | undefined;

  /** Nothing is to be opened any more. */
  get ending(): boolean {
    return this.#ended !== undefined;
  }

  /** Makes a connection of a stream. */
  open(stream: ByteStream, context: SocketContext): StreamConnection {
    const connection = new StreamConnection(stream, context);
    this.#open.add(connection);
    stream.on('close', () => {
      this.#open.delete(connection);
      if (this.#open.size === 0) this.#allGone?.();
    });
    return connection;
  }

  /** Closes all; resolves when they are gone. */
  end(): Promise<void> {
    this.#ended ??= new Promise((resolve) => {
      this.#allGone = resolve;
      for (const connection of this.#open) connection.close();
      if (this.#open.size === 0) resolve();
    });
    return this.#ended;
  }
}
