/** A stream to a peer, as modules see it. Types only. */

/**
 * A stream of bytes to a peer, plain or TLS: a Socket of node:net, told by those of its members that the host itself
 * uses, so that these types need none of Node's.
 */
export interface ByteStream {
  /** The client's, where a header of the PROXY protocol has told it. */
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly writable: boolean;
  readonly destroyed: boolean;
  /** Bytes that wait to be written, and all that ever were handed over. */
  readonly writableLength: number;
  readonly bytesWritten: number;
  write(text: string, encoding: 'latin1'): boolean;
  end(): unknown;
  end(text: string, encoding: 'latin1'): unknown;
  /** Reads on where nobody listens to what comes. */
  resume(): unknown;
  destroy(error?: Error): unknown;
  on(event: string, listener: (...values: never[]) => void): this;
  /** Takes back a listener that was handed to `on`. */
  off(event: string, listener: object): this;
}

/** Is handed each stream that comes in. */
export interface StreamTaker {
  take(stream: ByteStream): void;
}
