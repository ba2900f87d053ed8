/** What reading a message leaves: offsets into its text and the first thing found wrong. Nothing is copied. */

import type { SipErrorCode } from './errors.ts';
import type { ParsedNameAddress } from './name-address.ts';
import type { ParsedVia } from './via.ts';

/** Numbers of a header in `MessageParts.index`, in this order. */
export const headerFields = {
  /** The header's number (header-names.ts); `foldedMark` is added where the value runs over several lines. */
  id: 0,
  nameStart: 1,
  nameEnd: 2,
  /** The value without white space around it. */
  valueStart: 3,
  valueEnd: 4,
  /** Behind the line end. */
  lineEnd: 5,
} as const;

/** How many numbers each header takes in the index. */
export const headerStride = 6;

/** Added to a header's number where its value is folded (RFC 3261 §7.3.1). */
export const foldedMark = 256;

export class MessageParts {
  readonly text: string;
  isRequest = false;
  /** Behind leading line ends (RFC 3261 §7.5). */
  firstLineStart = 0;
  /** Behind the first line. */
  headersStart = 0;
  methodEnd = 0;
  uriStart = 0;
  uriEnd = 0;
  statusCode = 0;
  reasonStart = 0;
  reasonEnd = 0;
  /** `headerStride` numbers for each header, in the order of the message. */
  readonly index: number[] = [];
  headerCount = 0;
  /** The empty line behind the headers. */
  headersEnd = 0;
  bodyStart = 0;
  bodyEnd = 0;
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
}
