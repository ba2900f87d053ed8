import type { SecureContextOptions } from 'node:tls';
import type {
  BindSocket,
  ByteStream,
  ConnectionReuse,
  ConnectTarget,
  ModuleHost,
  StreamServer,
  StreamTaker,
  StreamTools,
} from '../../runtime/module-exports.ts';
import type { TlsFacts } from './tls-facts.ts';

/** A time, and where it is set. */
export interface HandshakeTimeout {
  readonly milliseconds: number;
  /** The name of the parameter, for the log. */
  readonly param: string;
}

/** What a protocol asks of its streams. */
export interface TlsProfile {
  /** How long the handshake of a connection that is opened may take. Default: tls_handshake_timeout. */
  readonly handshakeTimeout?: HandshakeTimeout | undefined;
  /** What a client gets that does not speak TLS, before the connection ends. Default: nothing. */
  readonly plainAnswer?: string | undefined;
}

/** The host's stream tools with TLS on each stream: taken, or opened, when its handshake is done. */
export interface TlsStreams extends StreamTools {
  listen(bind: BindSocket, taker: StreamTaker): Promise<StreamServer>;
  /** Errors: those of the host's tools; TlsError. */
  connect(target: ConnectTarget): Promise<ByteStream>;
}

/** A domain for whoever speaks another protocol over TLS: what node:tls needs of it, as its files were last read. */
export interface ChosenDomain {
  readonly name: string;
  readonly options: SecureContextOptions;
  /** verify_cert: the peer is asked for a certificate, and one that fails is refused. */
  readonly verify: boolean;
  /** require_cert: a client without one is refused, too. */
  readonly require: boolean;
  /** verify_hostname: the certificate of a server must name the host. */
  readonly verifyHostname: boolean;
}

/** What a domain is chosen by. */
export interface DomainQuestion {
  /** Of the socket, or of the destination. */
  readonly address: string;
  readonly port: number;
  /** The server name that a client sent, the SIP domain of a destination; undefined: none. */
  readonly name?: string | undefined;
}

/** What tls_mgm gives to other modules. */
export interface TlsApi {
  /** Takes parameters of domains that were given to another module, as files of 2.1 give them to proto_tls. */
  adopt(module: string, params: ModuleHost['params']): void;
  streams(profile?: TlsProfile): TlsStreams;
  /** tls_send_timeout, milliseconds: files before 3.1 set it here for all protocols. */
  readonly sendTimeout: number;
  /** What is known of a stream of these; undefined for any other. */
  facts(stream: ByteStream): TlsFacts | undefined;
  /** Tells connections apart by their client domain and server name; one that a client opened carries everything. */
  readonly reuse: ConnectionReuse;
  /** The domain of a connection that comes in; undefined where none matches. */
  serverDomain(question: DomainQuestion): ChosenDomain | undefined;
  /** The domain of a connection that is opened; undefined where none matches. */
  clientDomain(question: DomainQuestion): ChosenDomain | undefined;
  /**
   * Reads all files anew. All domains are built before any is swapped; connections go on. Errors: TlsReloadError with
   * what is wrong; everything is as it was then.
   */
  reload(): Promise<void>;
}
