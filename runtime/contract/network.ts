/** The network: sockets, connections, and the protocols that modules bring. Types only. */

import type { ByteStream } from './byte-stream.ts';
import type { Avps } from './values.ts';

/** One socket of the config, ports and interfaces spelt out. */
export interface ListenSocket {
  /** Lower case. */
  readonly protocol: string;
  /** As written. */
  readonly host: string;
  /** The address that is bound. */
  readonly address: string;
  /** The bound port; where `listenOn` asked for 0, the one that the system gave. */
  readonly port: number;
  readonly family: 4 | 6;
  readonly advertisedHost: string | undefined;
  readonly advertisedPort: number | undefined;
  readonly tag: string | undefined;
  /** Connections that are opened from it begin with a header of the PROXY protocol. Default no. */
  readonly sendProxyProtocol?: boolean;
}

/** Where a message came from, and the way back. */
export interface MessageSource {
  readonly protocol: string;
  readonly socket: ListenSocket;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** The connection's number in the table; 0 for datagrams. */
  readonly connectionId: number;
  /** The stream that it came by; undefined for datagrams. What others know of a stream they find by it. */
  readonly stream?: ByteStream | undefined;
  /**
   * Sends one whole message (one character a byte) back there. False where the way is gone. `port`: another port at
   * the same address, which datagrams go to; a connection does not ask.
   */
  send(message: string, port?: number): boolean;
}

/** WebSocket: what the URI of a destination asks of the upgrade request. What it does not name may be anything. */
export interface UpgradeWish {
  /** `;ws-path=`: the path, with its query. */
  readonly path?: string | undefined;
  /** `;ws-header-NAME=`: whole lines, each with its CRLF, in the order of their names. */
  readonly headers?: string | undefined;
}

/**
 * A stream to a peer, kept in the connection table from its set-up to its end. Its wish is what this host has asked for;
 * undefined where the peer has connected.
 */
export interface Connection extends MessageSource, UpgradeWish {
  readonly state: 'open' | 'closing' | 'closed';
  /** Milliseconds of the host's clock when something last went through. */
  readonly lastActive: number;
  /** When the message began of which not everything has come yet; undefined where none has begun. */
  readonly unfinishedSince: number | undefined;
  /** Ends it because one of the core's times is over, as its protocol does that. */
  expire(limit: ConnectionLimit): void;
  /** Ends it; `code` is the protocol's own (RFC 6455 §7.4 for WebSocket). */
  close(code?: number, reason?: string): void;
}

/** The global parameters of the core that end connections. */
export type ConnectionLimit = 'tcp_connection_lifetime' | 'tcp_max_msg_time';

/** `taken`: the port leads to another connection; `full`: the connection has as many ports as it may have. */
export type AliasOutcome = 'added' | 'taken' | 'full' | 'gone';

export interface ConnectionTable {
  readonly size: number;
  get(id: number): Connection | undefined;
  /**
   * A connection to that peer, by its own port or by an alias, the newest first; where something is wished only one that
   * was opened with it, and only one that fits.
   */
  find(
    protocol: string,
    address: string,
    port: number,
    wish?: UpgradeWish,
    fits?: (connection: Connection) => boolean,
  ): Connection | undefined;
  /** One more port of the peer under which its connection is found. */
  addAlias(connection: Connection, port: number): AliasOutcome;
  /** Whether a port, also its own, was added to the connection; asked by those that are told of its end, too. */
  hasAlias(connection: Connection): boolean;
  /** It stays until then (milliseconds of the host's clock) also without traffic, unless its peer ends it. */
  keep(connection: Connection, until: number): void;
  /** 0 where nobody has asked to keep it. */
  keptUntil(connection: Connection): number;
  /** A number for a new connection; the protocol then calls `add`, and `remove` when it is gone. */
  nextId(): number;
  add(connection: Connection): void;
  remove(connection: Connection): void;
  all(): IterableIterator<Connection>;
}

export interface ProtocolBehaviour {
  /** Opens a socket. `receive` takes one whole message (one character a byte) and never throws. */
  listen(socket: BindSocket, receive: Receive): Promise<Listener>;
  /** Opens a connection to a peer. */
  connect?(target: ConnectTarget, receive: Receive): Promise<Connection>;
  /** Which connections to the same peer are told apart. Default: none, each one may carry every message. */
  readonly reuse?: ConnectionReuse | undefined;
}

/** Tells connections to the same peer apart. */
export interface ConnectionReuse {
  /** What a connection that is opened for this target would be told by. */
  keyOf(target: Omit<ConnectTarget, 'socket'>): string;
  /** Whether an open connection may carry what is told by that key. */
  fits(connection: Connection, key: string): boolean;
}

/** What is to be bound; the host makes the ListenSocket from the Listener's answer. */
export interface BindSocket {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  readonly reusePort: boolean;
  /** Streams may begin with a header of the PROXY protocol, which is read before they are handed on. Default no. */
  readonly proxyProtocol?: boolean;
  /** The socket's line for logs: `ws:127.0.0.1:8080`. */
  readonly label: string;
  /** Filled by the host before the first connection. */
  readonly socket: () => ListenSocket;
}

export type Receive = (message: string, source: MessageSource) => void;

export interface Listener {
  readonly address: string;
  readonly port: number;
  /**
   * Protocols of datagrams: sends one whole message (one character a byte) to an IP address by this socket. False
   * where it cannot be handed to the system.
   */
  send?(message: string, address: string, port: number): boolean;
  /** No new connections; those open go on. */
  stopAccepting(): void;
  /** Ends every connection in order (1001 for WebSocket) and resolves when all are gone. */
  close(): Promise<void>;
}

/** Where no path is wished, the module's own is asked for. */
export interface ConnectTarget extends UpgradeWish {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  /** The host as the next hop's URI writes it, before it was looked up; an address where it is one. */
  readonly hostname?: string | undefined;
  /** The AVPs of the run that sends. */
  readonly avps?: Avps | undefined;
  readonly socket: ListenSocket;
  /** Of the message that it is opened for, whose way a header of the PROXY protocol tells. Default: the stream's own. */
  readonly source?: MessageSource | undefined;
}
