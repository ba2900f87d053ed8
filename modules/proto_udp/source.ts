import type { RemoteInfo } from 'node:dgram';
import type { ListenSocket, MessageSource } from '../../runtime/module-exports.ts';

/** What a source needs of the socket that its datagram came by. */
interface OwnSocket {
  readonly context: { readonly socket: () => ListenSocket };
  send(message: string, address: string, port: number): boolean;
}

/** Where one datagram came from, and the way back. */
export class DatagramSource implements MessageSource {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly #socket: OwnSocket;

  constructor(socket: OwnSocket, from: RemoteInfo) {
    this.remoteAddress = from.address;
    this.remotePort = from.port;
    this.#socket = socket;
  }

  get protocol(): string {
    return 'udp';
  }

  get connectionId(): number {
    return 0;
  }

  get socket(): ListenSocket {
    return this.#socket.context.socket();
  }

  send(message: string, port = this.remotePort): boolean {
    return this.#socket.send(message, this.remoteAddress, port);
  }
}
