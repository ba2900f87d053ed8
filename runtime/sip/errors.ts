/** What a message can have wrong: stable codes, what is said on the wire, and what can still be answered. */

import type { SipMessage } from '../module-exports.ts';

interface SipErrorFacts {
  /** The status of the answer where the message is a request that can be answered. */
  readonly status: number;
  /** What is wrong; also the reason phrase of the answer (RFC 3261 §21.4.1 asks to name the problem there). */
  readonly reason: string;
}

/** Every code that parsing a message can end with. `{}` stands for the header's name. */
export const sipErrors = {
  SIP_EMPTY: { status: 400, reason: 'Empty Message' },
  SIP_TOO_LARGE: { status: 513, reason: 'Message Too Large' },
  SIP_FIRST_LINE: { status: 400, reason: 'Malformed Request Line' },
  SIP_METHOD: { status: 400, reason: 'Malformed Method' },
  SIP_VERSION: { status: 505, reason: 'SIP Version Not Supported' },
  SIP_REQUEST_URI: { status: 400, reason: 'Malformed Request-URI' },
  SIP_STATUS_LINE: { status: 400, reason: 'Malformed Status Line' },
  SIP_HEADER_LINE: { status: 400, reason: 'Malformed Header Line' },
  SIP_HEADERS_TOO_MANY: { status: 400, reason: 'Too Many Header Fields' },
  SIP_HEADERS_END: { status: 400, reason: 'Missing Empty Line After Headers' },
  SIP_HEADER_MISSING: { status: 400, reason: 'Missing {} Header' },
  SIP_HEADER_TWICE: { status: 400, reason: 'Multiple {} Headers' },
  SIP_HEADER_VALUE: { status: 400, reason: 'Malformed {} Header' },
  SIP_CSEQ_METHOD: { status: 400, reason: 'CSeq Method Does Not Match' },
  SIP_BODY_SHORT: { status: 400, reason: 'Content-Length Larger Than Body' },
} as const satisfies Record<string, SipErrorFacts>;

export type SipErrorCode = keyof typeof sipErrors;

/** A message that RFC 3261 rejects. */
export class SipParseError extends Error {
  /** Stable. */
  readonly code: SipErrorCode;
  /** The status to answer with. */
  readonly status: number;
  /** The reason phrase to answer with. */
  readonly reason: string;
  /** As far as the message could be read; never to be handed to a script. */
  readonly salvaged: SipMessage | undefined;
  /**
   * A reply can be built from `salvaged`: it is a request, no ACK (RFC 3261 §17.1.1.3), and has what a client
   * needs to match the reply: a first Via that can be read, From, To, Call-ID and CSeq.
   */
  readonly answerable: boolean;

  constructor(code: SipErrorCode, header: string, salvaged: SipMessage | undefined, answerable: boolean) {
    const facts = sipErrors[code];
    const reason = facts.reason.replace('{}', header);
    super(reason);
    this.name = 'SipParseError';
    this.code = code;
    this.status = facts.status;
    this.reason = reason;
    this.salvaged = salvaged;
    this.answerable = answerable;
  }
}
