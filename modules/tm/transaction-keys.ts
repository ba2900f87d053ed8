import type { SipMessage } from '../../runtime/module-exports.ts';
import type { Settings } from './settings.ts';

/** What every branch of RFC 3261 begins with (§8.1.1.7). */
export const cookie = 'z9hG4bK';

/**
 * What a request has in common with its retransmissions, its CANCEL and the ACK to its failure (RFC 3261 §17.2.3); the
 * method is looked at apart. Without the branch of RFC 3261 the fields of RFC 2543 stand for it.
 */
export function serverKey(request: SipMessage, { requestUriCounts, viaCounts }: Settings): string {
  const via = request.topVia;
  const branch = via?.branch;
  const sentBy = via ? `${via.host.toLowerCase()}:${via.port}` : '';
  if (branch?.startsWith(cookie) && branch.length > cookie.length) return `${branch} ${sentBy}`;
  const call = `${request.callId} ${request.cseq?.number} ${request.from?.tag} ${request.from?.uri}`;
  const uri = requestUriCounts ? request.originalUri : '';
  return `${call} ${request.to?.uri} ${uri} ${viaCounts ? `${branch ?? ''} ${sentBy}` : ''}`;
}

/** What an INVITE and the ACK to its 2xx have in common (RFC 3261 §13.2.2.4). */
export function callKey(request: SipMessage): string {
  return `${request.callId}\n${request.cseq?.number}\n${request.from?.tag ?? ''}`;
}
