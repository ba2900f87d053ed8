/**
 * Types of the class of `ws` that this engine is built on. The package exports it; its published types leave it
 * out. No code is in this file.
 */
import type { Writable } from 'node:stream';

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
}
