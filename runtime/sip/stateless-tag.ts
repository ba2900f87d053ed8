/** To-tags of stateless replies (RFC 3261 §8.2.7, §19.3). */

import { hash, randomBytes } from 'node:crypto';
import type { SipMessage } from '../module-exports.ts';

/** Makes the tag of a request. */
type StatelessTag = (request: SipMessage) => string;

/**
 * Makes tags from a secret of this host: the same for a request, its retransmissions and the ACK to its reply, not
 * to be guessed from outside. 32 hexadecimal digits.
 *
 * Deviation: the original hashes the first Via; here it is Call-ID, From tag and CSeq number, which the ACK to a 2xx
 * has in common with its INVITE as well (RFC 3261 §13.2.2.4), so that each ACK to a stateless reply is known again.
 */
export function createStatelessTag(secret: string = randomBytes(32).toString('hex')): StatelessTag {
  return (request) => {
    const identity = `${secret}\n${request.callId}\n${request.from?.tag ?? ''}\n${request.cseq?.number ?? ''}`;
    return hash('sha256', identity, 'hex').slice(0, 32);
  };
}
