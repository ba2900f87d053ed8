import type { ByteStream } from '../../runtime/module-exports.ts';
import { stopping } from './close-codes.ts';
import type { WebSocketConnection } from './connection.ts';

/** The streams of one owner, before and after their handshake, until they are gone. */
export class StreamSet<Pending> {
  readonly #pending = new Map<ByteStream, Pending>();
  readonly #open = new Map<ByteStream, WebSocketConnection>();
  #gone: Promise<void> | undefined;
  #allGone: (() => void) | undefined;

  /** `end` was called. */
  get ending(): boolean {
    return this.#gone !== undefined;
  }

  /** A stream whose handshake begins. */
  add(stream: ByteStream, pending: Pending): void {
    this.#pending.set(stream, pending);
    stream.on('close', () => {
      this.#pending.delete(stream);
      this.#open.delete(stream);
      this.#leaveIfEmpty();
    });
  }

  /** Its handshake is done. */
  opened(stream: ByteStream, connection: WebSocketConnection): void {
    this.#pending.delete(stream);
    this.#open.set(stream, connection);
  }

  /** Ends all in order: what is pending by `abort`, connections with 1001; resolves when all are gone. */
  end(abort: (pending: Pending) => void): Promise<void> {
    if (this.#gone) return this.#gone;
    this.#gone = new Promise((resolve) => {
      this.#allGone = resolve;
    });
    for (const pending of this.#pending.values()) abort(pending);
    for (const connection of this.#open.values()) {
      connection.close(stopping.code, stopping.reason);
    }
    this.#leaveIfEmpty();
    return this.#gone;
  }

  #leaveIfEmpty(): void {
    if (this.#pending.size === 0 && this.#open.size === 0) this.#allGone?.();
  }
}
