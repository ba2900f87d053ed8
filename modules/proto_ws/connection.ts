import { isUtf8 } from 'node:buffer';
import { Receiver } from 'ws';
import type {
  ByteStream,
  Connection,
  ConnectionLimit,
  ListenSocket,
  OutputWatcher,
  ReadCount,
  StreamOutput,
  Timer,
} from '../../runtime/module-exports.ts';
import type { CloseFacts } from './close-codes.ts';
import { type ConnectionContext, peerSuffix } from './context.ts';
import { closePayload, type FrameWriter, frame, maskedFrame } from './frame.ts';
import { FrameTracker, INVALID_LENGTH } from './frame-tracker.ts';
import { type Opcode, opcodes } from './opcodes.ts';
import { type PingedPeer, Pinger } from './pinger.ts';
import type { Peer } from './trusted-proxies.ts';
import { UpgradedConnection } from './upgraded-connection.ts';
import type { WholeFrame } from './whole-frame.ts';
import './ws-engine-types.ts';

/** A WebSocket whose handshake is done. */
interface OpenedStream {
  readonly stream: ByteStream;
  /** The side that this host is; frames of clients are masked (RFC 6455 §5.1). */
  readonly role: 'server' | 'client';
  /** The far end, where it is not that of the stream. */
  readonly peer?: Peer | undefined;
  /** The head of the upgrade request that the peer sent, as received, one character a byte. */
  readonly request?: string;
  /** What this side has asked for, and with which header lines of the destination's. */
  readonly path?: string;
  readonly headers?: string;
}

/** Reads what is cut into fragments or over several reads, and what breaks a rule. */
interface PartReader {
  readonly receiver: Receiver;
  readonly tracker: FrameTracker;
  /** Since the last whole frame. */
  readonly reads: ReadCount;
}

/**
 * One WebSocket after its handshake, on a plain or a TLS stream: frames in, whole SIP messages up; messages
 * in, frames out. It enters the connection table when it opens and leaves it when the stream is gone.
 */
export class WebSocketConnection extends UpgradedConnection implements Connection, OutputWatcher, PingedPeer {
  readonly protocol: string;
  readonly socket: ListenSocket;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly connectionId: number;
  readonly stream: ByteStream;
  state: 'open' | 'closing' | 'closed' = 'open';
  lastActive: number;
  unfinishedSince: number | undefined;
  readonly request: string | undefined;
  readonly path: string | undefined;
  readonly headers: string | undefined;

  readonly #context: ConnectionContext;
  readonly #isServer: boolean;
  readonly #frame: FrameWriter;
  readonly #wholeFrame: WholeFrame;
  /** For reads that are not all of whole frames; many connections never have one. */
  #partReader: PartReader | undefined;
  /** Nothing is read any more: the peer's close has come, or a frame broke a rule. */
  #deaf = false;
  readonly #output: StreamOutput;
  #closeTimer: Timer | undefined;
  readonly #pinger: Pinger | undefined;

  constructor({ stream, role, peer, request, path, headers }: OpenedStream, context: ConnectionContext) {
    super();
    const { protocol, host, limits, statistics } = context;
    this.protocol = protocol;
    this.socket = context.socket();
    this.remoteAddress = peer?.address ?? stream.remoteAddress ?? '';
    this.remotePort = peer?.port ?? stream.remotePort ?? 0;
    this.connectionId = host.connections.nextId();
    this.lastActive = host.timers.now();
    this.#context = context;
    this.stream = stream;
    this.#isServer = role === 'server';
    this.#frame = this.#isServer ? frame : maskedFrame;
    this.request = request;
    this.path = path;
    this.headers = headers;
    this.#wholeFrame = this.#isServer ? context.wholeFrames.ofClients : context.wholeFrames.ofServers;
    this.#output = host.streams.output(stream, limits, this);
    this.#listen();
    host.connections.add(this);
    statistics.opened(this);
    if (limits.pingInterval > 0) this.#pinger = new Pinger(this, host.timers, limits);
  }

  /** What has been sent and has not left this process. */
  get waitingBytes(): number {
    return this.#output.waiting;
  }

  #listen(): void {
    this.stream
      .on('data', (chunk: Buffer) => this.read(chunk))
      .on('end', () => this.#onEnd())
      .on('error', (error: Error) => this.#debug('ws_read', error.message))
      .on('close', () => this.#onGone());
  }

  /** Nothing could be written for ws_send_timeout. */
  stalled(): void {
    const { limits } = this.#context;
    this.#drop('ws_send', `nothing could be written for ${limits.sendTimeout} ms`);
  }

  /** So many bytes wait to be written. */
  waits(bytes: number): void {
    this.#context.statistics.waits(bytes);
  }

  #createPartReader(): PartReader {
    const { closes, host, limits } = this.#context;
    const receiver = new Receiver({
      isServer: this.#isServer,
      maxPayload: limits.maxMessageSize,
      maxFragments: limits.maxFragments,
      skipUTF8Validation: !limits.checkUtf8,
    });
    receiver
      .on('message', (data: Buffer, binary: boolean) => this.#onMessage(data.toString('latin1'), binary))
      .on('ping', (data: Buffer) => this.#onPing(data.toString('latin1')))
      .on('pong', (data: Buffer) => this.#pinger?.pong(data.toString('latin1')))
      .on('conclude', (code: number) => this.#onClose(code))
      .on('error', (error: Error) => this.#fail(closes.of(error), 'ws_parse', error.message));
    const reads = host.streams.countReads(limits, () => this.#onManyReads());
    return { receiver, reads, tracker: new FrameTracker() };
  }

  /** Takes bytes of the stream: what came behind the upgrade request, then everything that comes. */
  read(chunk: Buffer): void {
    if (this.#deaf) return;
    const { host, statistics } = this.#context;
    this.lastActive = host.timers.now();
    statistics.counters.bytes_received.value += chunk.length;
    const rest = this.#partReader?.tracker.messageUnfinished ? 0 : this.#readWholeFrames(chunk);
    if (rest === 0) this.#readParts(chunk);
    else if (rest < chunk.length && !this.#deaf) this.#readParts(chunk.subarray(rest));
  }

  /** Takes what stands at the begin of a read as whole frames; the offset behind them. */
  #readWholeFrames(chunk: Buffer): number {
    const frame = this.#wholeFrame;
    let at = 0;
    while (at < chunk.length && !this.#deaf && frame.find(chunk, at)) {
      at = frame.payloadEnd;
      this.#onFrame(frame.opcode, chunk.toString('latin1', frame.payloadStart, at));
    }
    if (at > 0) this.#partReader?.reads.whole();
    return at;
  }

  #onFrame(opcode: Opcode, payload: string): void {
    switch (opcode) {
      case opcodes.text:
      case opcodes.binary:
        this.#onMessage(payload, opcode === opcodes.binary);
        return;
      case opcodes.ping:
        this.#onPing(payload);
        return;
      case opcodes.pong:
        this.#pinger?.pong(payload);
        return;
      case opcodes.close:
        // 1005: without a code (RFC 6455 §7.1.5).
        this.#onClose(payload === '' ? 1005 : payload.charCodeAt(0) * 256 + payload.charCodeAt(1));
        return;
    }
  }

  #readParts(chunk: Buffer): void {
    const { closes, statistics } = this.#context;
    this.#partReader ??= this.#createPartReader();
    const { receiver, reads, tracker } = this.#partReader;
    const { messages } = tracker;
    const completed = tracker.push(chunk);
    if (tracker.messages !== messages || !tracker.messageUnfinished) this.unfinishedSince = undefined;
    if (tracker.messageUnfinished) this.unfinishedSince ??= this.lastActive;
    statistics.counters.fragments_received.value += tracker.takeFragments();
    receiver.write(chunk);
    if (completed === INVALID_LENGTH) {
      this.#fail(closes.lengthTopBit, 'ws_parse', 'payload length with its top bit set');
      return;
    }
    if (completed > 0) reads.whole();
    if (tracker.unfinished) reads.unfinished(chunk.length);
  }

  /** C: ws_process. */
  #onManyReads(): void {
    const { closes, limits } = this.#context;
    this.#fail(
      closes.reads,
      'ws_process',
      `Made ${limits.maxReads} read attempts but message is not complete yet - closing connection`,
    );
  }

  send(message: string): boolean {
    if (this.state !== 'open') return false;
    if (!this.#write(opcodeFor(message), message)) return false;
    this.lastActive = this.#context.host.timers.now();
    this.#context.statistics.counters.messages_sent.value++;
    return true;
  }

  /** False, and the connection is gone, where too much waits already. */
  #write(opcode: Opcode, payload: string): boolean {
    const bytes = this.#frame(opcode, payload);
    if (this.#output.write(bytes)) {
      this.#context.statistics.counters.bytes_sent.value += bytes.length;
      return true;
    }
    const { limits, param } = this.#context;
    this.#drop('ws_send', `more than ${limits.maxQueue} bytes (${param('max_queue')}) wait to be written`);
    return false;
  }

  close(code = 1000, reason = ''): void {
    if (this.state !== 'open') return;
    this.#context.statistics.closed('us', code);
    this.state = 'closing';
    this.#pinger?.stop();
    this.#writeClose(code, reason);
    this.#endLater();
  }

  expire(limit: ConnectionLimit): void {
    const { closes } = this.#context;
    if (limit === 'tcp_connection_lifetime') {
      this.#debug('tcpconn_lifetime', 'idle for tcp_connection_lifetime');
      this.close(closes.idle.code, closes.idle.reason);
    } else this.#fail(closes.time, 'ws_read', 'a message is not complete after tcp_max_msg_time');
  }

  /** Behind everything else, and at once. */
  #writeClose(code: number, reason: string): void {
    const bytes = this.#frame(opcodes.close, closePayload(code, reason));
    this.#context.statistics.counters.bytes_sent.value += bytes.length;
    this.#output.flush(bytes);
  }

  #onMessage(text: string, binary: boolean): void {
    if (this.state !== 'open') return;
    // Empty messages and a lone CRLF only keep the way open (RFC 5626 §3.5.1); CRLFCRLF asks for an answer.
    if (text.length <= 4 && this.#isKeepalive(text, binary)) return;
    this.#context.statistics.counters.messages_received.value++;
    this.#context.receive(text, this);
  }

  #isKeepalive(text: string, binary: boolean): boolean {
    if (text.replaceAll('\r\n', '') !== '') return false;
    this.#context.statistics.counters.keepalives_received.value++;
    if (text.length === 4) this.#write(binary ? opcodes.binary : opcodes.text, '\r\n');
    return true;
  }

  #onPing(payload: string): void {
    this.#context.statistics.counters.pings_received.value++;
    if (this.state === 'open') this.#write(opcodes.pong, payload);
  }

  /** Sends a ping (RFC 6455 §5.5.2). */
  ping(payload: string): void {
    this.#context.statistics.counters.pings_sent.value++;
    this.#write(opcodes.ping, payload);
  }

  /** Its answer took so many milliseconds. */
  ponged(milliseconds: number): void {
    this.#context.statistics.ponged(milliseconds);
  }

  /** Its answer did not come within ws_pong_timeout. */
  lostPing(): void {
    const { closes, host, limits, param } = this.#context;
    const reason = `no pong within ${limits.pongTimeout} ms (${param('pong_timeout')}) - closing connection`;
    host.log.notice('ws_ping', `${reason}${this.#peer}`);
    this.#deaf = true;
    this.close(closes.noPong.code, closes.noPong.reason);
    this.stream.end();
  }

  /** The peer's close frame: answered with its own code, RFC 6455 §5.5.1. */
  #onClose(code: number): void {
    this.#deaf = true;
    if (this.state === 'open') {
      this.#endedByPeer(code);
      this.#writeClose(code === 1005 ? 1000 : code, '');
    }
    // A client leaves it to the server to end the stream, RFC 6455 §7.1.1.
    if (this.#isServer) this.stream.end();
    this.#endLater();
  }

  #endedByPeer(code: number): void {
    this.#context.statistics.closed('peer', code);
    this.state = 'closing';
    this.#pinger?.stop();
  }

  /** A rule is broken: says so to the peer and the log, reads nothing more and ends. RFC 6455 §7.1.7. */
  #fail(close: CloseFacts, caller: string, message: string): void {
    if (this.#deaf) return;
    this.#deaf = true;
    this.#context.host.log.error(caller, `${message}${this.#peer}`);
    this.close(close.code, close.reason);
    this.stream.end();
  }

  /** Ends at once, without a close frame that could not be written anyway. */
  #drop(caller: string, message: string): void {
    this.#context.host.log.error(caller, `${message}${this.#peer}`);
    if (this.state === 'open') this.#context.statistics.closed('us', 1006);
    this.state = 'closing';
    this.#deaf = true;
    this.stream.destroy();
  }

  /** A peer that does not end its side in time is cut off. */
  #endLater(): void {
    const { host, limits } = this.#context;
    this.#closeTimer ??= host.timers.after(limits.closeTimeout, () => this.stream.destroy());
  }

  /** The peer has ended its side without a close frame; what is sent from now on would be lost. */
  #onEnd(): void {
    if (this.state !== 'open') return;
    this.#debug('ws_read', 'connection ended without a close frame');
    this.#endedByPeer(1006);
  }

  #onGone(): void {
    if (this.state === 'open') this.#endedByPeer(1006);
    this.#pinger?.stop();
    this.#output.stop();
    this.#closeTimer?.cancel();
    this.state = 'closed';
    this.#deaf = true;
    this.#context.host.connections.remove(this);
    this.#context.statistics.gone(this);
  }

  get #peer(): string {
    return peerSuffix(this.remoteAddress, this.remotePort);
  }

  #debug(caller: string, message: string): void {
    const { log } = this.#context.host;
    if (log.debugOn) log.debug(caller, `${message}${this.#peer}`);
  }
}

/** Text frames carry UTF-8 only (RFC 6455 §5.6); any other bytes go out as binary (RFC 7118 §5.1). */
function opcodeFor(message: string): Opcode {
  // In UTF-8 it is longer where it has characters beyond ASCII; nothing tells that faster.
  const isAscii = Buffer.byteLength(message) === message.length;
  return isAscii || isUtf8(Buffer.from(message, 'latin1')) ? opcodes.text : opcodes.binary;
}
