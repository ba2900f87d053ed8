import type { Counter, ListenSocket, ModuleHost, Receive } from '../../runtime/module-exports.ts';

/** What is counted, by the names of the manifest. */
interface Counters {
  readonly messagesReceived: Counter;
  readonly messagesSent: Counter;
  readonly keepalivesReceived: Counter;
  readonly sendErrors: Counter;
}

/** What all sockets of the module work with. */
export interface ModuleContext {
  readonly log: ModuleHost['log'];
  readonly counters: Counters;
  /** The core's maxbuffer: bytes of the receive buffer that are asked for. */
  readonly receiveBuffer: number;
}

/** What belongs to one socket. */
export interface SocketContext extends ModuleContext {
  readonly label: string;
  readonly family: 4 | 6;
  readonly socket: () => ListenSocket;
  readonly receive: Receive;
}

/** A peer for a log line: ` [192.0.2.1:5060]`. */
export function peerSuffix(address: string, port: number): string {
  return address.includes(':') ? ` [[${address}]:${port}]` : ` [${address}:${port}]`;
}
