/** From received text to a message, or to the reason why it is none. */

import type { MessageSource, SipMessage } from '../module-exports.ts';
import { checkMessage } from './check-message.ts';
import { SipParseError } from './errors.ts';
import { readFirstLine } from './first-line.ts';
import { indexHeaders } from './header-index.ts';
import { MessageParts } from './message-parts.ts';
import { ReceivedMessage } from './received-message.ts';

/** What an outsider can send at most. */
interface MessageLimits {
  /** Bytes of one message; the original's buffer holds as many. Answered 513. */
  readonly maxMessageBytes: number;
  /** Header lines of one message. Answered 400. */
  readonly maxHeaders: number;
}

const defaultMessageLimits: MessageLimits = { maxMessageBytes: 65535, maxHeaders: 1024 };

/**
 * Reads one whole message (one character a byte). Header values are not looked at but for those without which no
 * message can be handled: the first Via, From, To, Call-ID, CSeq and Content-Length.
 *
 * Throws SipParseError, and nothing else, for what RFC 3261 rejects; the error tells whether and how to answer.
 */
export function parseMessage(
  text: string,
  source?: MessageSource,
  limits: MessageLimits = defaultMessageLimits,
): SipMessage {
  const parts = new MessageParts(text);
  if (text.length > limits.maxMessageBytes) parts.note('SIP_TOO_LARGE');
  if (readFirstLine(parts)) {
    indexHeaders(parts, limits.maxHeaders);
    checkMessage(parts);
  }
  const message = new ReceivedMessage(parts, source);
  if (parts.problem === undefined) return message;
  throw new SipParseError(parts.problem, parts.problemHeader, message, isAnswerable(message));
}

/** RFC 3261 §8.2.6, §18.2.2: a reply needs these of its request; there is none to an ACK (§17.1.1.3). */
function isAnswerable({ parts, method }: ReceivedMessage): boolean {
  return (
    parts.isRequest &&
    method !== 'ACK' &&
    parts.via !== undefined &&
    parts.fromHeader >= 0 &&
    parts.toHeader >= 0 &&
    parts.callIdHeader >= 0 &&
    parts.cseqHeader >= 0
  );
}
