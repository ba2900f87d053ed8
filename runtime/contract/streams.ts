/** What protocols over TCP share. Types only. */

import type { ByteStream, StreamTaker } from './byte-stream.ts';
import type { BindSocket, ConnectTarget } from './network.ts';

/**
 * What protocols over TCP share; the core's `tcp_` parameters hold for all that is opened here. A stream that was
 * accepted or opened has one of the places of tcp_max_connections from its first moment, whatever it is good for
 * later, until it is gone.
 */
export interface StreamTools {
  /** Opens a socket. Errors: those of node:net's listen. */
  listen(bind: BindSocket, taker: StreamTaker): Promise<StreamServer>;
  /** Opens a stream to a peer, from the address of the socket that it goes out by. Errors: StreamFailure. */
  connect(target: ConnectTarget): Promise<ByteStream>;
  /**
   * Whether a stream that came in has a place. One that has none is to be ended, with an answer where the protocol has
   * one; the log has said why, once a second at most.
   */
  admit(stream: ByteStream): boolean;
  /** What goes out on one stream. */
  output(stream: ByteStream, limits: OutputLimits, watcher: OutputWatcher): StreamOutput;
  /** Counts the reads of one stream that leave a message unfinished; `exceeded` is called at `maxReads` of them. */
  countReads(limits: ReadLimits, exceeded: () => void): ReadCount;
}

/** Why a stream could not be opened; the message tells the reason and, in brackets, the code. */
export interface StreamFailure extends Error {
  readonly code: StreamFailureCode;
}

/**
 * `connect`: the system's words are in the message; `connections`: tcp_max_connections are there; `secure`: the TLS
 * handshake failed.
 */
export type StreamFailureCode = 'connect' | 'connect-timeout' | 'connections' | 'stopping' | 'secure';

export interface StreamServer {
  readonly address: string;
  readonly port: number;
  stopAccepting(): void;
  /** Resolves when nothing is taken any more and all streams that were taken are gone. */
  readonly closed: Promise<void>;
}

export interface OutputLimits {
  /** Bytes that may wait to be written. */
  readonly maxQueue: number;
  /** Milliseconds without a byte taken by the peer while some wait. */
  readonly sendTimeout: number;
}

/**
 * `each-read`: every read counts, as in OpenSIPS. `each-turn`, for streams that come in records: what comes in one turn
 * of the event loop is one read, and a turn that brings a whole record's worth (16,384 bytes) does not count, because
 * such a message comes as fast as it can.
 */
export type ReadRule = 'each-read' | 'each-turn';

export interface ReadLimits {
  /** 0: no limit. */
  readonly maxReads: number;
  readonly rule: ReadRule;
}

export interface ReadCount {
  /** A read brought something to its end; counting begins anew. Before `unfinished` for the same read. */
  whole(): void;
  /** A read of so many bytes has left something unfinished. */
  unfinished(bytes: number): void;
}

/** Is told of what waits to be written. */
export interface OutputWatcher {
  /** The peer has taken nothing for the send timeout. */
  stalled(): void;
  /** So many bytes wait behind a write, because the peer has not taken them. */
  waits?(bytes: number): void;
}

/** Gathers what is written in one turn of the event loop, so that it leaves together. */
export interface StreamOutput {
  /** Bytes that were written and have not left this process. */
  readonly waiting: number;
  /** One character a byte. False, and nothing is taken, where more than `maxQueue` bytes would wait. */
  write(text: string): boolean;
  /** Hands over what has been gathered now, not at the end of the turn; `last` behind it, however much waits. */
  flush(last?: string): void;
  /** Forgets the timer; the stream is gone. */
  stop(): void;
}
