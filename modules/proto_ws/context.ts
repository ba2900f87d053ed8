import type { ListenSocket, ModuleHost, ReadLimits, Receive } from '../../runtime/module-exports.ts';
import type { AllowList } from './allow-list.ts';
import type { Closes } from './close-codes.ts';
import type { ParamName } from './parameter-table.ts';
import type { EngineStatistics } from './statistics.ts';
import type { Networks } from './trusted-proxies.ts';
import type { WholeFrame } from './whole-frame.ts';

/** The limits of the engine; each is a parameter of the module, here by its name for proto_ws. */
export interface Limits {
  /** ws_max_msg_chunks: reads that leave a frame unfinished; 0: no limit. */
  readonly maxReads: number;
  /** ws_max_msg_size: bytes of one message. */
  readonly maxMessageSize: number;
  /** ws_max_fragments: frames of one message; 0: no limit. */
  readonly maxFragments: number;
  /** ws_max_queue: bytes that wait to be written. */
  readonly maxQueue: number;
  /** ws_max_request_size: bytes of an upgrade request, and of the answer to one of ours. */
  readonly maxRequestSize: number;
  /** ws_request_timeout, milliseconds. */
  readonly requestTimeout: number;
  /** ws_handshake_timeout, milliseconds from our upgrade request to the whole answer. */
  readonly handshakeTimeout: number;
  /** ws_send_timeout, milliseconds. */
  readonly sendTimeout: number;
  /** ws_close_timeout, milliseconds. */
  readonly closeTimeout: number;
  /** ws_ping_interval, milliseconds; 0: no pings. */
  readonly pingInterval: number;
  /** ws_pong_timeout, milliseconds. */
  readonly pongTimeout: number;
  /** ws_utf8_check. */
  readonly checkUtf8: boolean;
  /** require_origin. */
  readonly requireOrigin: boolean;
  /** ws_allowed_origins. */
  readonly allowedOrigins: AllowList;
  /** ws_allowed_resources. */
  readonly allowedResources: AllowList;
  /** ws_trusted_proxies. */
  readonly trustedProxies: Networks;
}

/** What the engine works with: one for all connections of the module. */
export interface EngineContext {
  readonly protocol: string;
  readonly host: Pick<ModuleHost, 'log' | 'timers' | 'connections' | 'streams'>;
  readonly limits: Limits & ReadLimits;
  /** What parameters are called, for the log. */
  readonly param: ParamName;
  readonly closes: Closes;
  readonly statistics: EngineStatistics;
  /** Finds the frames of reads; of reads only the last is kept. */
  readonly wholeFrames: { readonly ofClients: WholeFrame; readonly ofServers: WholeFrame };
}

/** What the connections of one listener share; a connection that this side opens has its own. */
export interface ConnectionContext extends EngineContext {
  readonly socket: () => ListenSocket;
  readonly receive: Receive;
}

/** What belongs to one listener. */
export interface ListenerContext extends ConnectionContext {
  /** The socket's line for logs: `ws:127.0.0.1:8080`. */
  readonly label: string;
}

/** A peer for a log line: ` [192.0.2.1:5060]`. */
export function peerSuffix(address: string, port: number): string {
  return ` [${hostAndPort(address, port)}]`;
}

/** `192.0.2.1:80`, `[2001:db8::1]:80`. */
export function hostAndPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
