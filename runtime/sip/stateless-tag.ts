/** To-tags of stateless replies (RFC 3261 §8.2.7, §19.3). */

import { randomBytes } from 'node:crypto';
import type { SipMessage } from '../module-exports.ts';

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
  return (request) => {
    const sum = sumOf(request.from?.tag ?? '', sumOf(request.callId, request.cseq?.number ?? 0));
    return `${ofHost}.${(sum >>> 0).toString(16).padStart(8, '0')}`;
  };
}

/** FNV-1a over the characters of a text, begun with a number. */
function sumOf(text: string, begin: number): number {
  let sum = 0x811c9dc5 ^ begin;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum;
}
