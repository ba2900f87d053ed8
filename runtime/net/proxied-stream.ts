import type { Socket } from 'node:net';
import type { BindSocket, Logger, Timer, Timers } from '../module-exports.ts';
import { hostAndPort } from './addresses.ts';
import { type Endpoint, ProxyHeaderError, ProxyHeaderReader } from './proxy-header.ts';

/** What streams behind a balancer need. */
export interface ProxyEnvironment {
  readonly timers: Timers;
  readonly log: Pick<Logger, 'debugOn' | 'debug' | 'error'>;
  /** tcp_max_msg_time: milliseconds from the first moment of the stream to the end of its header. */
  readonly headerTime: number;
}

const caller = 'check_tcp_proxy_protocol';

/** The streams of one listener that takes headers of the PROXY protocol, until it is clear what stands in front. */
export class ProxiedStreams {
  readonly #label: string;
  readonly #environment: ProxyEnvironment;
  readonly #ready: (stream: Socket) => void;
  readonly #pending = new Set<Socket>();

  /** `ready` is handed each stream without its header, its far end being the client. */
  constructor({ label }: BindSocket, environment: ProxyEnvironment, ready: (stream: Socket) => void) {
    this.#label = label;
    this.#environment = environment;
    this.#ready = ready;
  }

  take(stream: Socket): void {
    this.#pending.add(stream);
    stream.on('close', () => this.#pending.delete(stream));
    const header = new PendingHeader(stream, this.#label, this.#environment, (ready) => {
      this.#pending.delete(ready);
      this.#ready(ready);
    });
    header.start();
  }

  /** Ends those that wait: nothing is taken any more. */
  stop(): void {
    for (const stream of this.#pending) stream.destroy();
  }
}

/** Reads by `read`, not by `data`, so that whoever gets the stream finds it as if nobody had listened before. */
class PendingHeader {
  readonly #stream: Socket;
  readonly #label: string;
  readonly #environment: ProxyEnvironment;
  readonly #ready: (stream: Socket) => void;
  readonly #reader = new ProxyHeaderReader();
  readonly #timer: Timer;
  readonly #onReadable = (): void => this.#read();
  readonly #onClose = (): void => this.#finish();
  readonly #onError = (error: Error): void => this.#debug(error.message);
  #begun = false;

  constructor(stream: Socket, label: string, environment: ProxyEnvironment, ready: (stream: Socket) => void) {
    this.#stream = stream;
    this.#label = label;
    this.#environment = environment;
    this.#ready = ready;
    this.#timer = environment.timers.deadline(environment.headerTime, () => this.#onTimeout());
  }

  start(): void {
    this.#stream.on('readable', this.#onReadable).on('close', this.#onClose).on('error', this.#onError);
  }

  #read(): void {
    try {
      for (let chunk = this.#next(); chunk !== null; chunk = this.#next()) {
        this.#begun = true;
        const read = this.#reader.push(chunk);
        if (!read) continue;
        this.#handOn(read.peer, read.rest);
        return;
      }
    } catch (error) {
      if (!(error instanceof ProxyHeaderError)) throw error;
      this.#refuse(error.message);
    }
  }

  #next(): Buffer | null {
    return this.#stream.read();
  }

  #handOn(peer: Endpoint | undefined, rest: Buffer): void {
    this.#finish();
    if (rest.length > 0) this.#stream.unshift(rest);
    if (peer) setFarEnd(this.#stream, peer);
    this.#ready(this.#stream);
  }

  #onTimeout(): void {
    if (this.#begun) this.#refuse('proxy_protocol header not complete after tcp_max_msg_time');
    else {
      this.#debug('nothing came within tcp_max_msg_time');
      this.#stream.destroy();
    }
  }

  #refuse(message: string): void {
    this.#environment.log.error(caller, `${message}${this.#place}`);
    this.#stream.destroy();
  }

  #finish(): void {
    this.#timer.cancel();
    this.#stream.off('readable', this.#onReadable).off('close', this.#onClose).off('error', this.#onError);
  }

  #debug(message: string): void {
    const { log } = this.#environment;
    if (log.debugOn) log.debug(caller, `${message}${this.#place}`);
  }

  get #place(): string {
    const { remoteAddress = '', remotePort = 0 } = this.#stream;
    return ` [${hostAndPort(remoteAddress, remotePort)}] (${this.#label})`;
  }
}

/**
 * On the stream itself, because everybody asks it: a protocol for its source, and TLS that needs the real stream.
 * `Deviation:` in OpenSIPS the source stays the balancer; whoever routes and answers by it here means the client.
 */
function setFarEnd(stream: Socket, { address, port }: Endpoint): void {
  Object.defineProperties(stream, { remoteAddress: { value: address }, remotePort: { value: port } });
}
