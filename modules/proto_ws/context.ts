import type { Counter, ListenSocket, ModuleHost, Receive } from '../../runtime/module-exports.ts';
import type { RefusalCode } from './refusals.ts';

/** The limits of the engine; each is a parameter of the module. */
export interface Limits {
  /** ws_max_msg_chunks: reads that leave a frame unfinished; 0: no limit. */
  readonly maxChunks: number;
  /** ws_max_msg_size: bytes of one message. */
  readonly maxMessageSize: number;
  /** ws_max_fragments: frames of one message; 0: no limit. */
  readonly maxFragments: number;
  /** ws_max_queue: bytes that wait to be written. */
  readonly maxQueue: number;
  /** ws_max_request_size: bytes of an upgrade request. */
  readonly maxRequestSize: number;
  /** ws_request_timeout, milliseconds. */
  readonly requestTimeout: number;
  /** ws_send_timeout, milliseconds. */
  readonly sendTimeout: number;
  /** ws_close_timeout, milliseconds. */
  readonly closeTimeout: number;
  /** ws_utf8_check. */
  readonly checkUtf8: boolean;
  /** require_origin. */
  readonly requireOrigin: boolean;
  /** The core's tcp_max_connections. */
  readonly maxConnections: number;
}

/** What is counted, by the names of the manifest. */
export interface Counters {
  readonly accepted: Counter;
  readonly messagesReceived: Counter;
  readonly messagesSent: Counter;
  readonly pingsReceived: Counter;
  readonly keepalivesReceived: Counter;
  readonly closedByUs: Counter;
  readonly closedByPeer: Counter;
  readonly refused: Counter;
  readonly refusedFor: Readonly<Record<RefusalCode, Counter>>;
}

/** What the engine works with: one for all listeners of the module. */
export interface EngineContext {
  readonly protocol: string;
  readonly host: Pick<ModuleHost, 'log' | 'timers' | 'connections'>;
  readonly limits: Limits;
  readonly counters: Counters;
}

/** What belongs to one listener. */
export interface ListenerContext extends EngineContext {
  readonly label: string;
  readonly socket: () => ListenSocket;
  readonly receive: Receive;
}

/** A peer for a log line: ` [192.0.2.1:5060]`. */
export function peerSuffix(address: string, port: number): string {
  return address.includes(':') ? ` [[${address}]:${port}]` : ` [${address}:${port}]`;
}
