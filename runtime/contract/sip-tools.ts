/** Messages made, read and printed; digests and URIs. Types only. */

import type { MessageWay, SipMessage } from './message.ts';
import type { ListenSocket, MessageSource } from './network.ts';
import type { ScriptRun } from './run.ts';

export interface SipTools {
  /** A reply to a request by RFC 3261 §8.2.6: Via list, From, To (with `toTag` where it has none), Call-ID, CSeq. */
  buildReply(request: SipMessage, code: number, reason: string, options?: ReplyOptions): string;
  /** Sends a reply on the way its request came by. False where that way is gone. */
  sendReply(run: ScriptRun, code: number, reason: string, options?: ReplyOptions): boolean;
  /**
   * The Contact of a redirection, without its line end: the Request-URI where the script changed it, and all branches;
   * undefined where there is neither.
   */
  contactsOf(request: SipMessage): string | undefined;
  /**
   * Puts a branch behind the others, which knows no more than its URI and the socket that it goes out by. Errors: there
   * are as many as there may be; no URI, or one of more than 1023 bytes.
   */
  appendBranch(request: SipMessage, uri: string, sendSocket?: ListenSocket): void;
  /** Reads a message (one character a byte). Errors: SipParseError. */
  parse(text: string, source?: MessageSource): SipMessage;
  /** A message with the same received text and the same edits, flags and branches, which then go their own ways. */
  copy(message: SipMessage): SipMessage;
  /**
   * The request as it goes to one hop (RFC 3261 §16.6): with its edits, the Via of this host, `received` and `rport` in the
   * next one, and its Path as Route. `via`: the value of the header.
   */
  printRequest(request: SipMessage, via: string, way: MessageWay): string;
  /** The message with its edits and no other change. */
  print(message: SipMessage): string;
  /** The reply as it goes back (RFC 3261 §16.7): with its edits, without its first Via. */
  printReply(reply: SipMessage, way: MessageWay): string;
  /** The branch of the Via of a request that goes on without a transaction (RFC 3261 §16.11). */
  statelessBranch(request: SipMessage): string;
  /** A tag for stateless replies: the same for the same request, different between hosts and requests. */
  statelessTag(request: SipMessage): string;
  readonly uris: UriTools;
  readonly digest: DigestTools;
}

export interface ReplyOptions {
  readonly toTag?: string;
  /** Whole header lines, each with its CRLF, as append_to_reply gathered them. */
  readonly headers?: string;
  readonly body?: string;
  readonly contentType?: string;
}

/** Questions about the text of a URI, and changes to it. Names and values of parameters are compared as written. */
export interface UriTools {
  /** The value of the first parameter of that name, '' for one without a value; undefined where there is none. */
  param(uri: string, name: string): string | undefined;
  /** With `;param` behind the other parameters; undefined where it is no URI or would be longer than 1024 bytes. */
  addParam(uri: string, param: string): string | undefined;
  /** Without the first parameter of that name; undefined where there is none. */
  removeParam(uri: string, name: string): string | undefined;
  /** A tel: URI as a sip: one at the host of another URI (RFC 3261 §19.1.6); undefined where that has none. */
  telToSip(uri: string, hostOf: string): string | undefined;
  /** With another user, '' for none; undefined where it is no URI or would be longer than 1024 bytes. */
  withUser(uri: string, user: string): string | undefined;
  /** With another host, its port stays; undefined as for `withUser`. */
  withHost(uri: string, host: string): string | undefined;
  /** The user, or the number of a tel: URI, is + and 2 to 15 digits (E.164). */
  hasE164User(uri: string): boolean;
}

/** Those of RFC 7616 and RFC 8760. */
export type DigestAlgorithm =
  | 'MD5'
  | 'MD5-sess'
  | 'SHA-256'
  | 'SHA-256-sess'
  | 'SHA-512-256'
  | 'SHA-512-256-sess';

/** HTTP Digest as SIP has it (RFC 3261 §22, RFC 7616, RFC 8760). Hashes are in lower-case hex. */
export interface DigestTools {
  /**
   * The fields of `Digest name=value, …`, names in lower case, the last of a name; quotes are taken off, escapes stay as
   * written. `other-scheme`: it is no Digest; `malformed`: a field without `=` or value, a quote that never closes.
   */
  read(value: string): ReadonlyMap<string, string> | 'other-scheme' | 'malformed';
  /** The same of a challenge, where what is no field is passed over and the first of a name counts; empty for another scheme. */
  readChallenge(value: string): ReadonlyMap<string, string>;
  /** Undefined for an algorithm that is not known; letter case does not count. */
  algorithm(name: string): DigestAlgorithm | undefined;
  /** Characters of a hash. */
  hashLength(algorithm: DigestAlgorithm): number;
  /** H(user:realm:password). */
  ha1(algorithm: DigestAlgorithm, user: string, realm: string, password: string): string;
  /** What a client that knows H(user:realm:password) answers; without `qop` as RFC 2069 had it. */
  response(algorithm: DigestAlgorithm, ha1: string, parts: DigestParts): string;
  /** Compares in a time that does not tell where they differ. */
  isSame(response: string, expected: string): boolean;
  /** The credentials that a module has chosen among those of a message. */
  found(run: ScriptRun, header: FoundCredentials['header']): FoundCredentials | undefined;
  keep(run: ScriptRun, found: FoundCredentials): void;
}

/** What a response covers beside H(A1). */
export interface DigestParts {
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** As written in the credentials. */
  readonly qop?: string | undefined;
  readonly nc?: string | undefined;
  readonly cnonce?: string | undefined;
  /** Where qop is auth-int. */
  readonly body?: string | undefined;
}

export interface FoundCredentials {
  readonly header: 'Authorization' | 'Proxy-Authorization';
  /** Its place among the headers of the message. */
  readonly index: number;
  readonly fields: ReadonlyMap<string, string>;
  /** Their user has proved to know the password. */
  accepted: boolean;
  /** They would do with a new nonce. */
  stale: boolean;
}
