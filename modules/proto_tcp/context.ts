import type {
  Counter,
  ListenSocket,
  ModuleHost,
  OutputLimits,
  ReadLimits,
  Receive,
} from '../../runtime/module-exports.ts';
import type { ParamName } from './engine-facts.ts';
import type { FramerSettings } from './framer.ts';

/** The limits of connections; each is a parameter of the module, here by its name for proto_tcp. */
export interface Limits extends FramerSettings, OutputLimits {
  /** tcp_max_msg_chunks: reads that leave a message unfinished; 0: no limit. */
  readonly maxReads: number;
  /** tcp_crlf_pingpong. */
  readonly answerPings: boolean;
  /** tcp_close_timeout, milliseconds. */
  readonly closeTimeout: number;
}

/** What is counted, by the names of the manifest. */
export interface Counters {
  readonly accepted: Counter;
  readonly refused: Counter;
  readonly messagesReceived: Counter;
  readonly messagesSent: Counter;
  readonly keepalivesReceived: Counter;
  readonly closedByUs: Counter;
  readonly closedByPeer: Counter;
}

/** What all connections of a protocol work with. */
export interface EngineContext {
  readonly protocol: string;
  readonly host: Pick<ModuleHost, 'log' | 'timers' | 'connections' | 'streams'>;
  readonly limits: Limits & ReadLimits;
  /** What parameters are called, for the log. */
  readonly param: ParamName;
  readonly counters: Counters;
}

/** What belongs to one socket. */
export interface SocketContext extends EngineContext {
  readonly socket: () => ListenSocket;
  readonly receive: Receive;
}

/** A peer for a log line: ` [192.0.2.1:5060]`. */
export function peerSuffix(address: string, port: number): string {
  return address.includes(':') ? ` [[${address}]:${port}]` : ` [${address}:${port}]`;
}
