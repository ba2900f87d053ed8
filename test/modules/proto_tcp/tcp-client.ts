import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Connection } from '../../../runtime/module-exports.ts';

/** A TCP connection of a test: what comes is kept as text, one character a byte. */
export class TcpClient {
  readonly socket: Socket;
  text = '';
  ended = false;
  #wake: (() => void) | undefined;

  /** `socket`: one that is open, plain or TLS. */
  constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.text += chunk.toString('latin1');
      this.#wake?.();
    });
    const end = () => {
      this.ended = true;
      this.#wake?.();
    };
    socket.on('end', end).on('close', end).on('error', end);
  }

  static async open(port: number, address = '127.0.0.1'): Promise<TcpClient> {
    const socket = connect(port, address);
    await once(socket, 'connect');
    return new TcpClient(socket);
  }

  get port(): number {
    return this.socket.localPort ?? 0;
  }

  write(text: string | Buffer): void {
    this.socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  }

  /** Writes the pieces so that each is a read of its own on the other side. */
  async writeApart(pieces: readonly string[], connection: () => Connection | undefined): Promise<void> {
    for (const piece of pieces) {
      while (!this.ended && connection() === undefined) await new Promise(setImmediate);
      const before = connection()?.lastActive;
      if (this.ended) return;
      this.write(piece);
      while (connection()?.state === 'open' && connection()?.lastActive === before) {
        await new Promise(setImmediate);
      }
    }
  }

  /** Everything that has come, as soon as it fits or the peer has ended its side. */
  async until(fits: (text: string) => boolean): Promise<string> {
    while (!this.ended && !fits(this.text)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.text;
  }

  close(): void {
    this.socket.destroy();
  }
}
