import type { RemoteInfo, Socket } from 'node:dgram';
import { peerSuffix, type SocketContext } from './context.ts';
import { isKeepalive } from './keepalive.ts';
import { DatagramSource } from './source.ts';

/** The most that a datagram carries: 65535 bytes less the headers that count into them (RFC 768, RFC 791, RFC 8200). */
const longestDatagram = { 4: 65507, 6: 65527 } as const;

/** One open socket: datagrams in, messages up; messages in, datagrams out. */
export class UdpSocket {
  readonly context: SocketContext;
  readonly #handle: Socket;
  #open = true;
  #reading = true;

  constructor(handle: Socket, context: SocketContext) {
    this.context = context;
    this.#handle = handle;
    handle
      .on('message', (data, from) => this.#onDatagram(data, from))
      // What the system tells of later (an ICMP answer to an earlier datagram) ends nothing.
      .on('error', (error) => context.log.error('udp_read_req', `${error.message} (${context.label})`));
  }

  #onDatagram(data: Buffer, from: RemoteInfo): void {
    if (!this.#reading) return;
    const { counters, log, receive } = this.context;
    if (isKeepalive(data)) {
      counters.keepalivesReceived.value++;
      if (log.debugOn) {
        log.debug('udp_read_req', `keepalive of ${data.length} bytes${peerSuffix(from.address, from.port)}`);
      }
      return;
    }
    // Nothing can be sent back to port 0.
    if (from.port === 0) {
      log.info('udp_read_req', `dropping 0 port packet from ${from.address}`);
      return;
    }
    counters.messagesReceived.value++;
    receive(data.toString('latin1'), new DatagramSource(this, from));
  }

  /** Hands a message to the system. False where that cannot be; what the system refuses later is logged. */
  send(message: string, address: string, port: number): boolean {
    if (!this.#open) return false;
    const { context } = this;
    const longest = longestDatagram[context.family];
    if (message.length > longest) {
      this.#refused(`${message.length} bytes are more than one datagram carries (${longest})`, address, port);
      return false;
    }
    this.#handle.send(Buffer.from(message, 'latin1'), port, address, this.#handedOver);
    context.counters.messagesSent.value++;
    return true;
  }

  /** The same one for every datagram: an error says whom it is about. */
  readonly #handedOver = (error: NodeJS.ErrnoException | null): void => {
    if (!error) return;
    const { address = '', port = 0 } = error as Partial<RemoteInfo>;
    this.#refused(error.message, address, port);
  };

  #refused(reason: string, address: string, port: number): void {
    const { counters, log } = this.context;
    counters.sendErrors.value++;
    log.error('proto_udp_send', `${reason}${peerSuffix(address, port)}`);
  }

  /** What comes from now on is dropped; answers still go out. */
  stopReading(): void {
    this.#reading = false;
  }

  close(): Promise<void> {
    if (!this.#open) return Promise.resolve();
    this.#open = false;
    this.#reading = false;
    return new Promise((resolve) => {
      this.#handle.close(() => resolve());
    });
  }
}
