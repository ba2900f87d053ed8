import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { message, SipText } from './sip-text.ts';

/** How many requests wait for their answers at a time. */
const window = 100;
/** Milliseconds after which a request that nobody has answered is sent again, and how often. */
const repeat = { after: 1000, times: 20 };

/** Many users behind one datagram socket: they register at a proxy, and answer each MESSAGE that it sends them. */
export class Crowd {
  readonly #socket: Socket;
  readonly #domain: string;
  readonly #proxyPort: number;
  /** By Call-ID, who waits for the final answer. */
  readonly #waiting = new Map<string, (status: number) => void>();
  readonly #reached = new Set<string>();
  #round = 0;

  private constructor(socket: Socket, proxyPort: number) {
    this.#socket = socket;
    this.#proxyPort = proxyPort;
    this.#domain = `127.0.0.1:${proxyPort}`;
    socket.on('message', (data) => this.#hear(new SipText(data.toString('latin1'))));
  }

  static async open(proxyPort: number): Promise<Crowd> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setRecvBufferSize(4 * 1024 * 1024);
    return new Crowd(socket, proxyPort);
  }

  /** Registers users 0 to below `count`; answers how many the proxy took. */
  register(count: number, expires = 3600): Promise<number> {
    return this.#each(count, 'REGISTER', (user) => [
      `Contact: <sip:${user}@127.0.0.1:${this.#socket.address().port}>`,
      `Expires: ${expires}`,
    ]);
  }

  /** Sends each of them a MESSAGE through the proxy; answers how many came and were answered. */
  async reach(count: number): Promise<number> {
    this.#reached.clear();
    const answered = await this.#each(count, 'MESSAGE', () => []);
    return Math.min(answered, this.#reached.size);
  }

  close(): void {
    this.#socket.close();
  }

  /** One request for each user; answers how many were answered with 2xx. */
  async #each(count: number, method: string, lines: (user: string) => readonly string[]): Promise<number> {
    this.#round += 1;
    let next = 0;
    let good = 0;
    const one = async (): Promise<void> => {
      for (let number = next++; number < count; number = next++) {
        const user = `user-${number}`;
        const status = await this.#ask(method, user, lines(user));
        if (status >= 200 && status < 300) good += 1;
      }
    };
    await Promise.all(Array.from({ length: Math.min(window, count) }, one));
    return good;
  }

  /** The status of the final answer, 0 where none comes. */
  #ask(method: string, user: string, lines: readonly string[]): Promise<number> {
    const callId = `${this.#round}-${user}`;
    const isRegister = method === 'REGISTER';
    const text = message(`${method} sip:${isRegister ? '' : `${user}@`}${this.#domain} SIP/2.0`, [
      `Via: SIP/2.0/UDP 127.0.0.1:${this.#socket.address().port};rport;branch=z9hG4bK${callId}`,
      'Max-Forwards: 70',
      `From: <sip:${isRegister ? user : 'asking'}@${this.#domain}>;tag=${callId}`,
      `To: <sip:${user}@${this.#domain}>`,
      `Call-ID: ${callId}`,
      `CSeq: ${this.#round} ${method}`,
      ...lines,
    ]);
    return new Promise((resolve) => {
      let times = 0;
      const send = () => {
        times += 1;
        if (times > repeat.times) end(0);
        else this.#send(text);
      };
      const timer = setInterval(send, repeat.after);
      const end = (status: number) => {
        clearInterval(timer);
        this.#waiting.delete(callId);
        resolve(status);
      };
      this.#waiting.set(callId, end);
      send();
    });
  }

  #hear(came: SipText): void {
    if (came.isRequest) this.#answer(came);
    else if (came.status >= 200) this.#waiting.get(came.header('Call-ID') ?? '')?.(came.status);
  }

  #answer(request: SipText): void {
    this.#reached.add(request.requestUri);
    const same = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name) => request.lines(name));
    this.#send(message('SIP/2.0 200 OK', same));
  }

  #send(text: string): void {
    this.#socket.send(Buffer.from(text, 'latin1'), this.#proxyPort, '127.0.0.1');
  }
}
