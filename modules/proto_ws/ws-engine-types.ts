/**
 * Types of the classes of `ws` that this engine is built on. The package exports them; its published types leave
 * them out. No code is in this file.
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

  export interface FrameOptions {
    readonly fin: boolean;
    readonly opcode: number;
    readonly mask: boolean;
    /** The data must not be changed; otherwise it is masked in place. */
    readonly readOnly: boolean;
    readonly rsv1: boolean;
  }

  export const Sender: {
    /** The head of a frame, and its payload where there is one. */
    frame(data: Buffer, options: FrameOptions): readonly Buffer[];
  };
}
