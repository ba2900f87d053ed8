/** The branch of the Via that a stateless proxy puts into a request (RFC 3261 §16.11). */

import { hash } from 'node:crypto';
import type { SipMessage, Via } from '../module-exports.ts';

/** What every branch of RFC 3261 begins with (§8.1.1.7). */
const cookie = 'z9hG4bK';

/**
 * The same for a request, its retransmissions, its CANCEL and the ACK to a reply that is no 2xx; in the form of the
 * original: `z9hG4bK5a1c.<32 hexadecimal digits>.0`.
 *
 * A first Via with the cookie names the transaction already. Without it (RFC 2543) the parts that §16.11 lists stand
 * for it, but for the tag of To, which would tell an ACK from its INVITE.
 */
export function statelessBranch(request: SipMessage): string {
  const call = `${request.callId}\n${request.cseq?.number ?? ''}`;
  const identity = `${transactionOf(request)}\n${call}`;
  return `${cookie}${hash('md5', call, 'hex').slice(0, 4)}.${hash('md5', identity, 'hex')}.0`;
}

function transactionOf(request: SipMessage): string {
  const via = request.topVia;
  if (via?.branch?.startsWith(cookie) && via.branch.length > cookie.length) return via.branch;
  return `${via ? viaText(via) : ''}\n${request.from?.tag ?? ''}\n${request.originalUri}`;
}

function viaText({ protocol, host, port, branch }: Via): string {
  return `${protocol} ${host}:${port} ${branch ?? ''}`;
}
