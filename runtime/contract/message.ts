/** SIP messages. Types only. */

import type { ListenSocket, MessageSource } from './network.ts';
import type { ScriptValue } from './values.ts';

/** A received message: an index over its text; values are read when asked for, edits are kept beside it. */
export interface SipMessage {
  /** As received, one character a byte. */
  readonly text: string;
  /** Where it came from; undefined for a message that came from nowhere. */
  readonly source: MessageSource | undefined;
  readonly isRequest: boolean;
  /** Of the request line; of CSeq where it is a reply; case kept. */
  readonly method: string;
  /** As received. Empty in a reply. */
  readonly originalUri: string;
  /** The Request-URI as the script has changed it. */
  requestUri: string;
  /** The next hop set by the script, where one is. */
  destinationUri: string | undefined;
  /** The socket that it shall go out by, where the script or a module chose one. */
  sendSocket: ListenSocket | undefined;
  /** The preference of the Request-URI among the branches, in thousandths; undefined where none was told. */
  q: number | undefined;
  /** The value of the Route header that a Path gave for the Request-URI (RFC 3327 §5.3). */
  path: string | undefined;
  /** Flags of the Request-URI's branch, as bits. */
  branchFlags: number;
  /** `$msg.branch.attr` of the Request-URI's branch. */
  readonly branchAttributes: Map<string, ScriptValue>;
  /** Where the request goes beside its Request-URI, in order; at most 11. */
  readonly branches: MessageBranch[];
  readonly statusCode: number;
  readonly reasonPhrase: string;
  readonly headerCount: number;
  /** The index of the first header with this name (any case, compact forms are the same) from `from` on, or -1. */
  findHeader(name: string, from?: number): number;
  headerName(index: number): string;
  /** Unfolded and trimmed. */
  headerValue(index: number): string;
  /** The first header's value, unfolded and trimmed. */
  header(name: string): string | undefined;
  /** The values of all headers with this name, commas split outside quotes and brackets. */
  headerValues(name: string): readonly string[];
  readonly body: string;
  /** The body as it goes on, with the edits made so far. */
  readonly bodyToSend: string;
  /** Another status line for a reply that goes on; `statusCode` is the new one then. */
  setStatus(code: number, reason: string): void;
  /** Where the headers and the body begin in `text`. */
  readonly headersStart: number;
  readonly bodyStart: number;
  readonly from: NameAddress | undefined;
  readonly to: NameAddress | undefined;
  /** The values of Contact, in order; undefined stands for what is no address. `*` is no contact. */
  readonly contacts: readonly (ContactValue | undefined)[];
  readonly topVia: Via | undefined;
  readonly callId: string;
  readonly cseq: { readonly number: number; readonly method: string } | undefined;
  /** Flags set by the script, as bits. */
  flags: number;
  /** Replies carry the source port as if the Via had asked for it (force_rport; RFC 3581). */
  forceRport: boolean;
  /** The Via of this host carries rport (add_local_rport; RFC 3581). */
  localRport: boolean;
  /** What Via and Record-Route of this message call this host, where a socket has no name of its own. */
  advertisedHost: string | undefined;
  advertisedPort: number | undefined;
  readonly edits: MessageEdits;
}

/** A place that a request is to go to beside its Request-URI (RFC 3261 §16.5). */
export interface MessageBranch {
  uri: string;
  destinationUri: string | undefined;
  path: string | undefined;
  /** In thousandths; undefined where none was told. */
  q: number | undefined;
  sendSocket: ListenSocket | undefined;
  /** Branch flags, as bits. */
  flags: number;
  readonly attributes: Map<string, ScriptValue>;
}

export interface NameAddress {
  /** Without its quotes and escapes. */
  readonly displayName: string;
  /** With them. */
  readonly displayNameAsWritten: string;
  readonly uri: string;
  /** Names in lower case; a parameter without a value has ''. */
  readonly params: ReadonlyMap<string, string>;
  readonly tag: string | undefined;
}

/** One value of Contact. */
export interface ContactValue {
  /** As it came. */
  readonly address: NameAddress;
  /** What functions that come later take as its URI: fix_nated_contact puts the sender's address into it. */
  uri: string;
  /** Its URI has been changed. */
  changed: boolean;
  /** Where its URI begins and ends in `text`, and where the comma behind it, or the end of the header, stands. */
  readonly uriStart: number;
  readonly uriEnd: number;
  readonly end: number;
}

export interface Via {
  /** The transport as written: `WS`. */
  readonly protocol: string;
  readonly host: string;
  /** 0 without one. */
  readonly port: number;
  readonly params: ReadonlyMap<string, string>;
  readonly branch: string | undefined;
}

/** Changes for the message when it goes on, and lines for replies to it; the received text never changes. */
export interface MessageEdits {
  /** Whole lines with CRLF, behind the last header (or a named one); they may be changed later. */
  append(lines: string, afterHeader?: string): AddedLines;
  /** Whole lines with CRLF, in front of the first header (or of a named one). */
  insert(lines: string | LinesForWay, beforeHeader?: string): void;
  /** Marks one header as removed; false where it was already. */
  remove(index: number): boolean;
  /** Puts whole lines with CRLF in the place of one header, and of what replaced it before; false where it is removed. */
  replace(index: number, lines: string): boolean;
  isRemoved(index: number): boolean;
  /** Lines for replies to this request (append_to_reply). */
  readonly replyLines: string;
  appendToReply(lines: string): void;
  /** The body of replies to this request that bring none of their own. */
  replyBody: string | undefined;
  /**
   * Puts a text in the place of the characters from `start` to `end` of the received message, in its headers or in its
   * body; Content-Length follows. What another edit has removed already stays removed.
   */
  splice(start: number, end: number, text: string): Splice;
  /** What was put in the place of exactly these characters; undefined where nothing was. */
  splicedAt(start: number, end: number): Splice | undefined;
  /** The body that replaces the received one; Content-Length follows it. Splices in the body are then forgotten. */
  body: string | undefined;
}

/** A text in the place of characters of the received message; the text may be changed later. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  text: string;
}

/** Header lines that were added. */
export interface AddedLines {
  lines: string | LinesForWay;
}

/** Lines that depend on the way of a message; asked once for each hop that it goes to. */
export type LinesForWay = (way: MessageWay) => string;

/** The sockets that a message came by and goes out by. */
export interface MessageWay {
  readonly receivedBy: ListenSocket;
  readonly sentBy: ListenSocket;
}
