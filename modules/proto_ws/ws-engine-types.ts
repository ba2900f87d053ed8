/**
 * Types of the two classes of `ws` that this engine is built on. The package exports both; its published
 * types leave them out. No code is in this file.
 */
import type { Duplex, Writable } from 'node:stream';

declare module 'ws' {
  export interface ReceiverOptions {
    readonly isServer?: boolean;
    /** Bytes of one message; 0: no limit. */
    readonly maxPayload?: number;
    /** Frames of one message; 0: no limit. */
    readonly maxFragments?: number;
    readonly skipUTF8Validation?: boolean;
  }

  /** Frames in, whole messages out: events `message`, `ping`, `pong`, `conclude` and `error`. */
  export class Receiver extends Writable {
    constructor(options?: ReceiverOptions);
  }

  export interface SendOptions {
    readonly binary: boolean;
    readonly fin: boolean;
    readonly mask: boolean;
    readonly compress: boolean;
  }

  /** Messages in, frames out to a stream. */
  export class Sender {
    constructor(socket: Duplex);
    send(data: string | Buffer, options: SendOptions): void;
    ping(data: Buffer, mask: boolean): void;
    pong(data: Buffer, mask: boolean): void;
    close(code: number | undefined, reason: string, mask: boolean): void;
  }
}
