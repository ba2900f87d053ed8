import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A SIP phone over UDP that says what the test tells it; it keeps what comes in its order. */
export class Phone {
  readonly #socket: Socket;
  readonly #hostPort: number;
  readonly #come: string[] = [];
  #wake: (() => void) | undefined;

  private constructor(socket: Socket, hostPort: number) {
    this.#socket = socket;
    this.#hostPort = hostPort;
    socket.on('message', (bytes) => {
      this.#come.push(bytes.toString('latin1'));
      this.#wake?.();
    });
  }

  static async of(hostPort: number): Promise<Phone> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Phone(socket, hostPort);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(text: string): void {
    this.#socket.send(Buffer.from(text, 'latin1'), this.#hostPort, '127.0.0.1');
  }

  /** The next message that begins so; what comes before it is passed over. */
  async next(beginning: string): Promise<string> {
    for (;;) {
      for (let text = this.#come.shift(); text !== undefined; text = this.#come.shift()) {
        if (text.startsWith(beginning)) return text;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#socket.close();
  }
}

let messages = 0;

export interface RequestParts {
  readonly method: string;
  readonly uri?: string;
  readonly from: string;
  readonly to: string;
  readonly cseq: number;
  readonly callId: string;
  readonly headers?: readonly string[];
}

export function request(port: number, parts: RequestParts): string {
  messages += 1;
  const { method, uri = 'sip:callee@example.com', from, to, cseq, callId, headers = [] } = parts;
  return [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK-u${messages}`,
    'Max-Forwards: 70',
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
    ...headers,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** The values of all headers of that name, in their order. */
export function values(message: string, name: string): readonly string[] {
  return [...message.matchAll(new RegExp(`^${name}: (.*)\\r$`, 'gm'))].map(([, value = '']) => value);
}

export function value(message: string, name: string): string {
  return values(message, name)[0] ?? '';
}

/** RFC 3261 §8.2.6. */
export function response(
  asked: string,
  status: string,
  more: readonly string[] = [],
  toTag = 'callee',
): string {
  const to = value(asked, 'To');
  return [
    `SIP/2.0 ${status}`,
    ...values(asked, 'Via').map((via) => `Via: ${via}`),
    ...values(asked, 'Record-Route').map((route) => `Record-Route: ${route}`),
    `From: ${value(asked, 'From')}`,
    `To: ${/;tag=/.test(to) ? to : `${to};tag=${toTag}`}`,
    `Call-ID: ${value(asked, 'Call-ID')}`,
    `CSeq: ${value(asked, 'CSeq')}`,
    ...more,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}
