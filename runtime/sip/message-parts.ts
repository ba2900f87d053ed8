/** What reading a message leaves: offsets into its text and the first thing found wrong. Nothing is copied. */

import type { SipErrorCode } from './errors.ts';
import type { ParsedNameAddress } from './name-address.ts';
import type { SipUri } from './uri.ts';
import type { ParsedVia } from './via.ts';

/** How many numbers each header takes in the index. */
const stride = 6;

/** Added to a header's number where its value is folded (RFC 3261 §7.3.1). */
const foldedMark = 256;

export class MessageParts {
  readonly text: string;
  isRequest = false;
  /** Behind leading line ends (RFC 3261 §7.5). */
  firstLineStart = 0;
  /** Behind the first line. */
  headersStart = 0;
  /** That of a request; '' in a reply. */
  method = '';
  methodEnd = 0;
  uriStart = 0;
  uriEnd = 0;
  /** The Request-URI as it was read; undefined in a reply, and where it is malformed. */
  requestUri: SipUri | undefined;
  statusCode = 0;
  reasonStart = 0;
  reasonEnd = 0;
  headerCount = 0;
  /** Six numbers for each header, in the order of the message; `addHeader` says which. */
  private readonly index: number[] = [];
  /** The empty line behind the headers. */
  headersEnd = 0;
  bodyStart = 0;
  bodyEnd = 0;
  /** Of these headers there may be many. */
  viaLines = 0;
  recordRouteLines = 0;
  /** Places of the first of these headers, or -1. */
  viaHeader = -1;
  fromHeader = -1;
  toHeader = -1;
  callIdHeader = -1;
  cseqHeader = -1;
  maxForwardsHeader = -1;
  contentLengthHeader = -1;
  via: ParsedVia | undefined;
  fromAddress: ParsedNameAddress | undefined;
  toAddress: ParsedNameAddress | undefined;
  cseqNumber = -1;
  cseqMethodStart = 0;
  cseqMethodEnd = 0;
  /** The first thing found wrong. */
  problem: SipErrorCode | undefined;
  /** The name of the header that the problem is about, or ''. */
  problemHeader = '';

  constructor(text: string) {
    this.text = text;
  }

  /** Notes a problem; only the first one counts. */
  note(problem: SipErrorCode, header = ''): void {
    if (this.problem !== undefined) return;
    this.problem = problem;
    this.problemHeader = header;
  }

  /**
   * Adds a header: its number (header-names.ts), its name, its value without white space around it, and the offset
   * behind its line end.
   */
  addHeader(
    id: number,
    isFolded: boolean,
    nameStart: number,
    nameEnd: number,
    valueStart: number,
    valueEnd: number,
    lineEnd: number,
  ): void {
    this.index.push(isFolded ? id + foldedMark : id, nameStart, nameEnd, valueStart, valueEnd, lineEnd);
    this.headerCount++;
  }

  /** The number of the header at that place. */
  idOf(place: number): number {
    return this.at(place, 0) & (foldedMark - 1);
  }

  isFolded(place: number): boolean {
    return this.at(place, 0) >= foldedMark;
  }

  nameStart(place: number): number {
    return this.at(place, 1);
  }

  nameEnd(place: number): number {
    return this.at(place, 2);
  }

  valueStart(place: number): number {
    return this.at(place, 3);
  }

  valueEnd(place: number): number {
    return this.at(place, 4);
  }

  /** Behind the line end. */
  lineEnd(place: number): number {
    return this.at(place, 5);
  }

  /** The end of the line without its line end. */
  lineStop(place: number): number {
    const end = this.lineEnd(place);
    if (this.text.charCodeAt(end - 1) !== 10) return end;
    return this.text.charCodeAt(end - 2) === 13 ? end - 2 : end - 1;
  }

  private at(place: number, field: number): number {
    return this.index[place * stride + field] ?? 0;
  }
}
