import type { Socket } from 'node:net';
import type { Server, TLSSocket } from 'node:tls';
import type { StreamTaker, Timer } from '../../runtime/module-exports.ts';
import { addressAndPort } from './address-filter.ts';
import type { ClientHello } from './client-hello.ts';
import { endsOf, hasFarEnd, tellFarEnd } from './far-end.ts';
import { type FirstBytes, FirstBytesReader } from './first-bytes.ts';
import { failureText } from './handshake-failures.ts';
import { type VerifiedPeer, verifyPeer } from './peer-verification.ts';
import type { ServerDomain } from './secure-domains.ts';
import type { TlsContext } from './tls-context.ts';
import { reasonCodeOf } from './tls-error.ts';
import { readHandshake } from './tls-facts.ts';
import { methodText } from './tls-method.ts';

/** What belongs to the handshakes of one listener. */
export interface AcceptContext extends TlsContext {
  readonly taker: StreamTaker;
  /** The socket's line for logs: `wss:127.0.0.1:443`. */
  readonly label: string;
  /** Where handshakes are found again by their server's events. */
  readonly handshakes: ServerHandshakes;
  /** What a client gets that does not speak TLS. */
  readonly plainAnswer: string | undefined;
}

/** The alert with which a server refuses a name: fatal (2), unrecognized_name (112). RFC 8446 §6, RFC 6066 §3. */
const UNRECOGNIZED_NAME = '\x15\x03\x01\x00\x02\x02\x70';

/** A stream between its first byte and the end of its handshake. RFC 8446 §4. */
export class ServerHandshake {
  readonly stream: Socket;
  readonly key: string;
  readonly peer: string;
  readonly #context: AcceptContext;
  readonly #over: () => void;
  readonly #reader: FirstBytesReader;
  readonly #timer: Timer;
  readonly #onError = (error: Error): void => this.fail(reasonCodeOf(error), error.message);
  readonly #onClose = (): void => this.#close();
  #hello: ClientHello | undefined;
  #domain: ServerDomain | undefined;
  /** It has succeeded or failed. */
  #done = false;

  /** `over` is called once: the stream was handed over, or is gone. */
  constructor(stream: Socket, context: AcceptContext, over: () => void) {
    const { host, limits } = context;
    this.stream = stream;
    this.key = endsOf(stream);
    this.peer = addressAndPort(stream.remoteAddress ?? '', stream.remotePort ?? 0);
    this.#context = context;
    this.#over = over;
    this.#reader = new FirstBytesReader(stream, limits.maxHello, (found) => this.#begin(found));
    this.#timer = host.timers.deadline(limits.acceptTimeout, () =>
      this.fail('timeout', `not done after ${limits.acceptTimeout} ms (tls_accept_timeout)`),
    );
    stream.on('error', this.#onError).on('close', this.#onClose);
    context.handshakes.add(this);
  }

  #begin(found: FirstBytes): void {
    if (found.kind === 'hello') this.#choose(found.hello);
    else if (found.kind === 'foreign') this.#refusePlain(found.bytes);
    else
      this.fail(
        'hello-size',
        `the ClientHello is longer than ${this.#context.limits.maxHello} bytes (tls_max_hello)`,
      );
  }

  #choose(hello: ClientHello): void {
    this.#hello = hello;
    const { localAddress = '', localPort = 0 } = this.stream;
    const domains = this.#context.domains();
    this.#domain = domains.server({ address: localAddress, port: localPort, name: hello.serverName });
    if (!this.#domain) {
      const names = domains.list.server.map(({ name }) => name).join(', ');
      this.fail(
        'no-domain',
        `no TLS domain for ${addressAndPort(localAddress, localPort)} and this name among ${names || 'none'}`,
        UNRECOGNIZED_NAME,
      );
      return;
    }
    this.#context.handshakes.begin(this, this.#domain.server);
  }

  /** What the client sent is not looked at further. */
  #refusePlain(bytes: Buffer): void {
    const { plainAnswer } = this.#context;
    const begins = JSON.stringify(bytes.toString('latin1', 0, 20));
    this.fail('no-tls', `the client does not speak TLS, it began with ${begins}`, plainAnswer);
  }

  /** The handshake is done: verifies what OpenSSL leaves to us, and hands the stream over. */
  complete(socket: TLSSocket): void {
    const domain = this.#domain;
    if (this.#done || !domain) return;
    const read = readHandshake(socket, domain.material.chain[0]);
    const verified = verifyPeer(read, domain.material, this.#context.now(), domain.sessions.issuers);
    if (!(verified instanceof Promise)) {
      this.#conclude(socket, domain, verified, read.resumed);
      return;
    }
    // Until somebody takes the stream, an error has nobody else to hear it.
    const onError = (error: Error): void => this.fail(reasonCodeOf(error), error.message);
    socket.on('error', onError);
    void verified.then(
      (peer) => {
        socket.off('error', onError);
        this.#conclude(socket, domain, peer, read.resumed);
      },
      (error: unknown) => this.fail('verification', String(error)),
    );
  }

  #conclude(
    socket: TLSSocket,
    { domain }: ServerDomain,
    { facts, refusal }: VerifiedPeer,
    resumed: boolean,
  ): void {
    if (refusal !== undefined) this.fail(refusal, refusal);
    if (this.#done || socket.destroyed) return;
    this.#finish();
    this.#handOver();
    const { host, secured, statistics, taker } = this.#context;
    const { name } = domain;
    if (host.log.infoOn) {
      const what = `${facts.protocol}, ${facts.cipher}, domain ${name}`;
      host.log.info('tls_accept', `New TLS connection from ${this.peer} accepted (${what})`);
    }
    secured.add(socket, { facts, side: 'server', domain: name, serverName: this.#hello?.serverName });
    statistics.completed({
      side: 'server',
      version: facts.protocol,
      cipher: facts.cipher,
      domain: name,
      resumed,
    });
    tellFarEnd(this.stream, socket);
    taker.take(socket);
  }

  /** The stream is node:tls's own from now on; nothing of the handshake stays with it. */
  #handOver(): void {
    this.stream.off('error', this.#onError).off('close', this.#onClose);
    this.#context.handshakes.end(this);
    this.#over();
  }

  /** The host ends: nobody is left to take the stream. */
  stop(): void {
    this.#finish();
    this.stream.destroy();
  }

  /** Ends the stream with one line in the log, and with a last text. `code` is OpenSSL's, Node's or ours. */
  fail(code: string, message: string, answer?: string): void {
    if (this.#done) return;
    this.#finish();
    const { host, statistics, label } = this.#context;
    statistics.failed('server', code);
    host.log.error(
      'tls_accept',
      `New TLS connection from ${this.peer} failed to accept: ${failureText(code, message)} (${this.#offers()}${label})`,
    );
    if (answer !== undefined) this.#answer(answer);
    else this.stream.destroy();
  }

  /** What still comes is read and dropped, because unread bytes would turn the end into a reset. */
  #answer(text: string): void {
    this.stream.end(text, 'latin1');
    this.stream.resume();
    const cut = this.#context.host.timers.after(this.#context.limits.handshakeTimeout, () =>
      this.stream.destroy(),
    );
    this.stream.on('close', () => cut.cancel());
  }

  /** `name a.example.com, offers TLSv1.2, 20 ciphers; domain a allows TLSv1.2 to TLSv1.3; `. */
  #offers(): string {
    if (!this.#hello) return '';
    const { serverName, versions, cipherCount } = this.#hello;
    const name = serverName === undefined ? 'no server name' : `server name ${serverName}`;
    const allowed = this.#domain ? `; ${wishesOf(this.#domain)}` : '';
    return `${name}, offers ${versions.join(' ')} and ${cipherCount} ciphers${allowed}; `;
  }

  /** The last thing that comes of a stream; the error behind it comes in the same turn, in front or behind. */
  #close(): void {
    const { handshakes } = this.#context;
    handshakes.closes(this);
    setImmediate(() => {
      this.fail('ECONNRESET', 'closed');
      handshakes.end(this);
      this.#over();
    });
  }

  #finish(): void {
    this.#done = true;
    this.#timer.cancel();
    this.#reader.stop();
  }
}

/** The handshakes under way, found by the sockets that node:tls tells of. */
export class ServerHandshakes {
  /** By both ends' addresses and ports. */
  readonly #underWay = new Map<string, ServerHandshake>();
  /** The one whose stream's end is told of in this turn. */
  #closing: ServerHandshake | undefined;

  get size(): number {
    return this.#underWay.size;
  }

  add(handshake: ServerHandshake): void {
    this.#underWay.set(handshake.key, handshake);
  }

  begin({ stream }: ServerHandshake, server: Server): void {
    server.emit('connection', stream);
  }

  closes(handshake: ServerHandshake): void {
    this.#closing = handshake;
  }

  end(handshake: ServerHandshake): void {
    if (this.#underWay.get(handshake.key) === handshake) this.#underWay.delete(handshake.key);
    if (this.#closing === handshake) this.#closing = undefined;
  }

  /** Is told of every server that a domain gets. */
  readonly watch = (server: Server): void => {
    server.on('secureConnection', (socket: TLSSocket) => this.#find(socket)?.complete(socket));
    server.on('tlsClientError', (error, socket) => {
      const { authorizationError } = socket;
      const code = authorizationError ? String(authorizationError) : reasonCodeOf(error);
      this.#find(socket)?.fail(ofServer(code), error.message);
      socket.destroy();
    });
  };

  /** A socket that is closed does not tell its port any more; it is told of within the end of the stream below it. */
  #find(socket: TLSSocket): ServerHandshake | undefined {
    return hasFarEnd(socket) ? this.#underWay.get(endsOf(socket)) : this.#closing;
  }
}

/** That the client speaks TLS is known; what it says in another version is that it knows none of ours. */
function ofServer(code: string): string {
  return code === 'ERR_SSL_WRONG_VERSION_NUMBER' ? 'ERR_SSL_UNSUPPORTED_PROTOCOL' : code;
}

/** What a domain allows and asks for: `domain a allows TLSv1.2 to TLSv1.3, asks for a certificate`. */
function wishesOf({ domain, material }: ServerDomain): string {
  const asks = material.verify ? ', asks for a certificate' : '';
  return `domain ${domain.name} allows ${methodText(material.method)}${asks}`;
}
