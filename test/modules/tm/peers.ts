import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A UDP socket of 127.0.0.1 that keeps what it gets. */
export class Peer {
  readonly got: string[] = [];
  readonly #socket: Socket = createSocket('udp4');

  async open(): Promise<void> {
    this.#socket.on('message', (bytes) => this.got.push(bytes.toString('latin1')));
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(text: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.send(Buffer.from(text, 'latin1'), port, '127.0.0.1', (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  close(): void {
    this.#socket.close();
  }
}
