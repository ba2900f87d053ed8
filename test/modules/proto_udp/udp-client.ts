import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A datagram socket of a test; what comes is kept until it is asked for. */
export class UdpClient {
  readonly port: number;
  readonly #socket: Socket;
  readonly #received: { readonly data: Buffer; readonly from: RemoteInfo }[] = [];
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (data, from) => {
      this.#received.push({ data, from });
      this.#wake?.();
    });
  }

  static async open(address = '127.0.0.1'): Promise<UdpClient> {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    socket.setRecvBufferSize(1024 * 1024);
    return new UdpClient(socket);
  }

  get waiting(): number {
    return this.#received.length;
  }

  send(data: Buffer | string, port: number, address = '127.0.0.1'): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    return new Promise((resolve, reject) => {
      this.#socket.send(bytes, port, address, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** The next datagram, one character a byte. */
  async receive(): Promise<string> {
    for (;;) {
      const next = this.#received.shift();
      if (next) return next.data.toString('latin1');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#socket.close();
  }
}
