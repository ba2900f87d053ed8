/** To-tags of stateless replies (RFC 3261 §8.2.7, §19.3). */

import { randomBytes } from 'node:crypto';
import type { SipMessage } from '../module-exports.ts';
import { ReceivedMessage } from './received-message.ts';

/** Makes the tag of a request. */
type StatelessTag = (request: SipMessage) => string;

/**
 * Makes tags as the original does: what is random and of this host, a dot, and a sum over the request that tells it from
 * others: the same for its retransmissions and the ACK to its reply.
 *
 * Deviation: the original sums up the first Via; here it is Call-ID, From tag and CSeq number, which the ACK to a 2xx
 * has in common with its INVITE as well (RFC 3261 §13.2.2.4), so that each ACK to a stateless reply is known again.
 */
export function createStatelessTag(ofHost: string = randomBytes(16).toString('hex')): StatelessTag {
  const begin = `${ofHost}.`;
  return (request) => {
    if (!(request instanceof ReceivedMessage)) throw new TypeError('not a message of parseMessage');
    const { parts } = request;
    const { text, callIdHeader, cseqNumber, fromAddress } = parts;
    const ofCallId = sumOf(text, parts.valueStart(callIdHeader), parts.valueEnd(callIdHeader), cseqNumber);
    return begin + hexOf(sumOf(text, fromAddress?.tagStart ?? 0, fromAddress?.tagEnd ?? 0, ofCallId));
  };
}

/** FNV-1a over the characters of text[from, end), begun with a number. */
function sumOf(text: string, from: number, end: number, begin: number): number {
  let sum = 0x811c9dc5 ^ begin;
  for (let at = from; at < end; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum;
}

/** Two digits each. */
const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_unused, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Eight digits; by a table, because V8 writes numbers to the base of 16 seven times as slowly. */
function hexOf(sum: number): string {
  return hexOfByteAt(sum, 24) + hexOfByteAt(sum, 16) + hexOfByteAt(sum, 8) + hexOfByteAt(sum, 0);
}

function hexOfByteAt(sum: number, shift: number): string {
  return hexOfByte[(sum >>> shift) & 0xff] ?? '';
}
