import type { Socket } from 'node:net';
import { type ClientHello, readClientHello } from './client-hello.ts';

/** What a stream began with. */
export type FirstBytes =
  | { readonly kind: 'hello'; readonly hello: ClientHello }
  /** No TLS; the bytes that have come. */
  | { readonly kind: 'foreign'; readonly bytes: Buffer }
  | { readonly kind: 'too-long' };

const noBytes = Buffer.alloc(0);

/**
 * Looks at what a stream begins with and leaves it as it was, paused: whoever reads it next gets the same bytes.
 * `tell` is called once, or never where the stream ends before.
 */
export class FirstBytesReader {
  readonly #stream: Socket;
  readonly #maxSize: number;
  readonly #tell: (found: FirstBytes) => void;
  readonly #onData = (chunk: Buffer): void => this.#read(chunk);
  #bytes: Buffer = noBytes;

  /** `maxSize`: bytes that a ClientHello may have. */
  constructor(stream: Socket, maxSize: number, tell: (found: FirstBytes) => void) {
    this.#stream = stream;
    this.#maxSize = maxSize;
    this.#tell = tell;
    stream.on('data', this.#onData);
  }

  stop(): void {
    this.#stream.off('data', this.#onData);
    this.#bytes = noBytes;
  }

  #read(chunk: Buffer): void {
    const bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const reading = readClientHello(bytes);
    if (reading === 'more' && bytes.length <= this.#maxSize) {
      this.#bytes = bytes;
      return;
    }
    this.stop();
    if (reading === 'more') this.#tell({ kind: 'too-long' });
    else if (reading === 'foreign') this.#tell({ kind: 'foreign', bytes });
    else {
      this.#stream.pause();
      this.#stream.unshift(bytes);
      this.#tell({ kind: 'hello', hello: reading });
    }
  }
}
