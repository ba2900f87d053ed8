import type { ByteStream } from '../../runtime/module-exports.ts';
import type { TlsFacts } from './tls-facts.ts';

/** What is kept of a stream from its handshake to its end. */
export interface SecuredStream {
  readonly facts: TlsFacts;
  /** The side that this host was. */
  readonly side: 'server' | 'client';
  /** The name of its domain. */
  readonly domain: string;
  /** The name that was sent, or asked for. */
  readonly serverName: string | undefined;
}

/** Streams whose handshake is done, as long as somebody knows them. */
export class SecuredStreams {
  readonly #known = new WeakMap<ByteStream, SecuredStream>();

  add(stream: ByteStream, secured: SecuredStream): void {
    this.#known.set(stream, secured);
  }

  get(stream: ByteStream | undefined): SecuredStream | undefined {
    return stream && this.#known.get(stream);
  }
}
