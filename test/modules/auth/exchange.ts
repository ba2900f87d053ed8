import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Host } from '../../../runtime/index.ts';

/** A client of the first UDP socket of a host that asks one thing after the other. */
export class UdpExchange {
  readonly #socket: Socket;
  readonly #host: Host;

  private constructor(socket: Socket, host: Host) {
    this.#socket = socket;
    this.#host = host;
  }

  static async with(host: Host): Promise<UdpExchange> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new UdpExchange(socket, host);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(text: string): void {
    const port = this.#host.listeners.find(({ protocol }) => protocol === 'udp')?.port;
    this.#socket.send(Buffer.from(text, 'latin1'), port ?? 0, '127.0.0.1');
  }

  async ask(text: string): Promise<string> {
    this.send(text);
    const [message] = await once(this.#socket, 'message');
    return (message as Buffer).toString('latin1');
  }

  close(): void {
    this.#socket.close();
  }
}
