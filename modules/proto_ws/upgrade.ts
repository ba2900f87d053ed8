import type { ByteStream, Timer } from '../../runtime/module-exports.ts';
import { WebSocketConnection } from './connection.ts';
import { type ListenerContext, peerSuffix } from './context.ts';
import { acceptResponse, checkUpgrade } from './handshake.ts';
import { HeadReader, type ReadRequest } from './head-reader.ts';
import type { RequestHead } from './http-head.ts';
import { Refusal, type RefusalCode, refusalResponse } from './refusals.ts';
import { forwardedFor, type Peer } from './trusted-proxies.ts';

/** A stream between its first byte and the answer to its upgrade request. */
export class PendingUpgrade {
  readonly #stream: ByteStream;
  readonly #context: ListenerContext;
  readonly #opened: (connection: WebSocketConnection) => void;
  readonly #reader: HeadReader;
  readonly #timer: Timer;
  /** The client, where a trusted proxy tells of it. */
  #peer: Peer | undefined;
  readonly #onData = (chunk: Buffer): void => this.#read(chunk);
  readonly #onGone = (): void => this.#timer.cancel();
  #done = false;

  /** `opened` gets the connection, when it is one. */
  constructor(
    stream: ByteStream,
    context: ListenerContext,
    opened: (connection: WebSocketConnection) => void,
  ) {
    const { host, limits, param } = context;
    this.#stream = stream;
    this.#context = context;
    this.#opened = opened;
    this.#reader = new HeadReader(limits.maxRequestSize, param('max_request_size'));
    this.#timer = host.timers.deadline(limits.requestTimeout, () =>
      this.refuse('timeout', `upgrade request not complete after ${limits.requestTimeout} ms`),
    );
    stream.on('data', this.#onData).on('close', this.#onGone);
  }

  #read(chunk: Buffer): void {
    try {
      const request = this.#reader.push(chunk);
      if (!request) return;
      this.#lookForClient(request.head);
      this.#accept(checkUpgrade(request.head, this.#context.limits), request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refuse(error.code, error.message);
    }
  }

  #lookForClient(head: RequestHead): void {
    const { trustedProxies } = this.#context.limits;
    const { address, port } = this.#farEnd;
    if (!trustedProxies(address)) return;
    const client = forwardedFor(head, trustedProxies);
    if (client !== undefined) this.#peer = { address: client, port };
  }

  get #farEnd(): Peer {
    const { remoteAddress = '', remotePort = 0 } = this.#stream;
    return this.#peer ?? { address: remoteAddress, port: remotePort };
  }

  #accept(key: string, { bytes, rest }: ReadRequest): void {
    this.#finish();
    this.#context.statistics.counters.accepted.value++;
    this.#stream.write(acceptResponse(key), 'latin1');
    const opened = {
      stream: this.#stream,
      role: 'server',
      peer: this.#peer,
      request: bytes.toString('latin1'),
    } as const;
    const connection = new WebSocketConnection(opened, this.#context);
    this.#opened(connection);
    if (rest.length > 0) connection.read(rest);
  }

  /** Answers with the status of the code, logs it where there is a message, counts it, and ends the stream. */
  refuse(code: RefusalCode, message?: string): void {
    if (this.#done) return;
    this.#finish();
    const { host, statistics, limits, label } = this.#context;
    statistics.refused(code);
    if (message !== undefined) {
      const { address, port } = this.#farEnd;
      host.log.error('ws_parse_req_handshake', `${message}${peerSuffix(address, port)} (${code}, ${label})`);
    }
    this.#stream.end(refusalResponse(code), 'latin1');
    // What still comes is read and dropped, because unread bytes would turn the end into a reset that can
    // overtake the answer.
    this.#stream.resume();
    const cut = host.timers.after(limits.closeTimeout, () => this.#stream.destroy());
    this.#stream.on('close', () => cut.cancel());
  }

  #finish(): void {
    this.#done = true;
    this.#timer.cancel();
    this.#stream.off('data', this.#onData).off('close', this.#onGone);
  }
}
