/** Who this host is, and the way out. Types only. */

import type { NameAddress, SipMessage } from './message.ts';
import type { ListenSocket, MessageSource, UpgradeWish } from './network.ts';
import type { ScriptRun } from './run.ts';

/** Which URIs mean this host, what it calls itself in messages, and the parts of route headers. */
export interface RoutingTools {
  /** Whether a host (IPv6 with or without brackets; and a port, where it is not 0) is a socket or alias of this host. */
  isMyself(host: string, port: number): boolean;
  /** Names of this host that a module knows, whatever the port (C: register_alias_fct); `isName` is asked for any other. */
  addNames(isName: (host: string) => boolean): void;
  /** The socket of that protocol that is bound to, called, or advertised as that host and port. */
  socket(protocol: string, host: string, port: number): ListenSocket | undefined;
  /**
   * What stands for a socket in Via and Record-Route: its own name, what the script said of the message that goes out
   * by it, what the config says, the address.
   */
  advertised(socket: ListenSocket, message?: SipMessage): AdvertisedAddress;
  /** The parts of a URI; undefined where it is malformed. */
  uri(text: string): UriParts | undefined;
  /** One address with or without display name; undefined where it is malformed. */
  nameAddress(text: string): NameAddress | undefined;
  /** The values of one header line, cut at commas outside quotes and brackets. */
  values(line: string): readonly string[];
}

export interface AdvertisedAddress {
  /** IPv6 in brackets. */
  readonly host: string;
  readonly port: number;
  /** The port is not the socket's own: it was written behind `as`, or in advertised_port. */
  readonly portIsSet: boolean;
}

/** The parts of a URI as written, without its escapes resolved. */
export interface UriParts {
  /** In lower case. */
  readonly scheme: string;
  /** '' without one. */
  readonly user: string;
  /** IPv6 in brackets; '' in a tel: URI. */
  readonly host: string;
  /** 0 without one. */
  readonly port: number;
  /** By lower-case name, '' where there is no value. */
  readonly params: ReadonlyMap<string, string>;
  /** All parameters as they stand, without the first semicolon. */
  readonly paramsAsWritten: string;
}

/** The way out for messages that a module sends. It is there when the routes are compiled, not before. */
export interface Sending {
  /**
   * Where a sip: or sips: URI leads (RFC 3263): at once where its host is an address, else by a search. Undefined for
   * what is no such URI, which the log tells. The protocol of a socket that the message has to go out by counts more than
   * the URI's.
   */
  destinations(uri: string, by?: ListenSocket): Destination | DestinationSearch | undefined;
  /**
   * Sends one message; `print` is told the socket that it goes out by. False where it could not be sent, the log has the
   * reason; a promise where a connection is opened first.
   */
  send(
    destination: Destination,
    print: (socket: ListenSocket) => string,
    options?: SendingOptions,
  ): boolean | Promise<boolean>;
  /** Whether there is a socket of that protocol and address family. */
  hasSocketFor(destination: Destination): boolean;
  /** Whether a blacklist that counts for the message forbids that destination; `send` asks it too. */
  isBlocked(destination: Destination, message: SipMessage, print: (socket: ListenSocket) => string): boolean;
  /**
   * Sends a reply to a request: on the way it came by, and where that connection is gone to where its sender listens
   * (RFC 3261 §18.2.2), which browsers do not. False and promise as for `send`.
   */
  reply(request: SipMessage, source: MessageSource, text: string): boolean | Promise<boolean>;
}

export interface SendingOptions {
  /** The message that it is: its blacklists hold, `sendSocket` is its socket, and a destination that fails is remembered. */
  readonly message?: SipMessage;
  /** The socket that it goes out by; `sendSocket` of the message where there is one. */
  readonly socket?: ListenSocket | undefined;
  /** Where the message came from. */
  readonly source?: MessageSource | undefined;
  readonly avps?: ScriptRun['avps'] | undefined;
  /** No connection is opened. Default no. */
  readonly onlyOpen?: boolean;
}

/** Where one message can be sent to, with the wishes of the URI that led there. */
export interface Destination extends UpgradeWish {
  /** Lower case. */
  readonly protocol: string;
  /** IPv6 without brackets. */
  readonly address: string;
  readonly port: number;
  /** The host as the URI writes it, before it was looked up. */
  readonly hostname?: string | undefined;
}

/** The destinations of a name in the order in which they are tried. Nothing is asked before it is needed. */
export interface DestinationSearch extends AsyncIterable<Destination> {
  /** Why it found nothing. */
  readonly reason: string;
}
