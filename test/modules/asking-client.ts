import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Host } from '../../runtime/index.ts';
import { requestText } from '../runtime/host/host-tools.ts';

/** Where the socket of a protocol is; by default the first one. */
export function placeOf({ listeners }: Host, protocol?: string): string {
  const socket = protocol === undefined ? listeners[0] : listeners.find((each) => each.protocol === protocol);
  return hostAndPort(socket?.address ?? '', socket?.port ?? 0);
}

export function hostAndPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

export function inOrder(numbers: number): readonly string[] {
  return Array.from({ length: numbers }, (_, number) => `SIP/2.0 200 OK ${number}`);
}

export function firstLines(replies: readonly string[]): readonly string[] {
  return replies.map((reply) => reply.slice(0, reply.indexOf('\r\n')));
}

/** The answer of a server that a test plays itself. */
export function okTo(request: string): string {
  return request.replace(/^.*/, 'SIP/2.0 200 OK');
}

/** A request for "there": the first host passes it on to `next`, and has it for "here" then. */
function request(next: string, number: number): string {
  return requestText('MESSAGE', [`X-Next: ${next}`, `X-Number: ${number}`]).replace(
    'sip:alice@',
    'sip:there@',
  );
}

/** A client that asks through the ws socket of one host for another host, and keeps what comes back. */
export class AskingClient {
  readonly replies: string[] = [];
  readonly #socket: WebSocket;
  #wake: (() => void) | undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.replies.push(String(data));
      this.#wake?.();
    });
  }

  static async of(host: Host): Promise<AskingClient> {
    const socket = new WebSocket(`ws://${placeOf(host, 'ws')}/`, 'sip');
    await once(socket, 'open');
    return new AskingClient(socket);
  }

  /** Sends so many requests, never more than `window` of them unanswered. */
  async ask(next: string, numbers: number, window = 200): Promise<readonly string[]> {
    const before = this.replies.length;
    for (let number = 0; number < numbers; number++) {
      this.#socket.send(request(next, number));
      while (before + number + 1 - this.replies.length >= window) await this.#more();
    }
    while (this.replies.length - before < numbers) await this.#more();
    return this.replies.slice(before);
  }

  end(): void {
    this.#socket.terminate();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
