import type {
  ByteStream,
  Connection,
  ConnectionLimit,
  ListenSocket,
  ReadCount,
  StreamOutput,
  Timer,
} from '../../runtime/module-exports.ts';
import { peerSuffix, type SocketContext } from './context.ts';
import { MessageFramer, PING } from './framer.ts';
import { FramingError } from './framing-error.ts';

const PONG = '\r\n';

/**
 * SIP messages on one byte stream, both ways. It enters the connection table when it is made and leaves it when the
 * stream is gone. It does not ask whether the stream is plain or TLS.
 */
export class StreamConnection implements Connection {
  readonly protocol: string;
  readonly socket: ListenSocket;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly connectionId: number;
  readonly stream: ByteStream;
  state: 'open' | 'closing' | 'closed' = 'open';
  lastActive: number;
  unfinishedSince: number | undefined;

  readonly #context: SocketContext;
  readonly #framer: MessageFramer;
  readonly #output: StreamOutput;
  /** Since the last whole message. */
  readonly #reads: ReadCount;
  #closeTimer: Timer | undefined;

  constructor(stream: ByteStream, context: SocketContext) {
    const { protocol, host, limits } = context;
    this.protocol = protocol;
    this.socket = context.socket();
    this.remoteAddress = stream.remoteAddress ?? '';
    this.remotePort = stream.remotePort ?? 0;
    this.connectionId = host.connections.nextId();
    this.lastActive = host.timers.now();
    this.#context = context;
    this.stream = stream;
    this.#framer = new MessageFramer(limits);
    this.#output = host.streams.output(stream, limits, {
      stalled: () => this.#drop('tcp_send', `nothing could be written for ${limits.sendTimeout} ms`),
    });
    this.#reads = host.streams.countReads(limits, () => this.#onManyReads());
    stream
      .on('data', (chunk: Buffer) => this.#onData(chunk))
      .on('end', () => this.#onEnd())
      .on('error', (error: Error) => this.#debug('tcp_read', error.message))
      .on('close', () => this.#onGone());
    host.connections.add(this);
  }

  #onData(chunk: Buffer): void {
    if (this.state !== 'open') return;
    this.lastActive = this.#context.host.timers.now();
    try {
      this.#read(chunk);
    } catch (error) {
      if (!(error instanceof FramingError)) throw error;
      this.#fail('tcp_read_req', `${error.message} (${error.code})`);
    }
  }

  #read(chunk: Buffer): void {
    const framer = this.#framer;
    let wholeOnes = 0;
    framer.push(chunk);
    for (let message = framer.next(); message !== undefined; message = framer.next()) {
      wholeOnes++;
      if (message === PING) this.#onPing();
      else this.#onMessage(message);
      if (this.state !== 'open') return;
    }
    if (wholeOnes > 0) {
      this.#reads.whole();
      this.unfinishedSince = undefined;
    }
    if (!framer.unfinished) return;
    this.unfinishedSince ??= this.lastActive;
    this.#reads.unfinished(chunk.length);
  }

  #onMessage(message: string): void {
    this.#context.counters.messagesReceived.value++;
    this.#context.receive(message, this);
  }

  /** RFC 5626 §3.5.1. */
  #onPing(): void {
    const { counters, limits } = this.#context;
    counters.keepalivesReceived.value++;
    if (limits.answerPings) this.#write(PONG);
  }

  /** The turn of the event loop that told it may be one in which the connection has ended. */
  #onManyReads(): void {
    if (this.state !== 'open') return;
    const { maxReads } = this.#context.limits;
    this.#fail(
      'tcp_handle_req',
      `Made ${maxReads} read attempts but message is not complete yet - closing connection`,
    );
  }

  send(message: string): boolean {
    if (this.state !== 'open' || !this.#write(message)) return false;
    this.lastActive = this.#context.host.timers.now();
    this.#context.counters.messagesSent.value++;
    return true;
  }

  /** False, and the connection is gone, where too much waits already. */
  #write(text: string): boolean {
    if (this.#output.write(text)) return true;
    const { limits, param } = this.#context;
    this.#drop('tcp_send', `more than ${limits.maxQueue} bytes (${param('max_queue')}) wait to be written`);
    return false;
  }

  /** Ends it behind what waits to be written. TCP has no words for codes and reasons. */
  close(): void {
    if (this.state !== 'open') return;
    const { counters, host, limits } = this.#context;
    counters.closedByUs.value++;
    this.state = 'closing';
    this.#output.flush();
    this.stream.end();
    // What still comes is read and dropped, because unread bytes would turn the end into a reset.
    this.#closeTimer = host.timers.after(limits.closeTimeout, () => this.stream.destroy());
  }

  expire(limit: ConnectionLimit): void {
    if (limit === 'tcp_connection_lifetime') {
      this.#debug('tcpconn_lifetime', 'idle for tcp_connection_lifetime');
      this.close();
    } else this.#fail('tcp_read_req', 'a message is not complete after tcp_max_msg_time');
  }

  #fail(caller: string, message: string): void {
    this.#context.host.log.error(caller, `${message}${this.#peer}`);
    this.close();
  }

  /** Ends it at once: what waits cannot be written. */
  #drop(caller: string, message: string): void {
    this.#context.host.log.error(caller, `${message}${this.#peer}`);
    if (this.state === 'open') this.#context.counters.closedByUs.value++;
    this.state = 'closing';
    this.stream.destroy();
  }

  /** The peer has ended its side; what is sent from now on would be lost. */
  #onEnd(): void {
    if (this.state !== 'open') return;
    this.#context.counters.closedByPeer.value++;
    if (this.#framer.unfinished) this.#debug('tcp_read', 'connection ended within a message');
    this.#output.flush();
    this.state = 'closing';
  }

  #onGone(): void {
    this.#output.stop();
    this.#closeTimer?.cancel();
    this.state = 'closed';
    this.#context.host.connections.remove(this);
  }

  get #peer(): string {
    return peerSuffix(this.remoteAddress, this.remotePort);
  }

  #debug(caller: string, message: string): void {
    const { log } = this.#context.host;
    if (log.debugOn) log.debug(caller, `${message}${this.#peer}`);
  }
}
