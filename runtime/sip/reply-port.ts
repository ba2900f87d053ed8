/** Where a reply goes that no connection takes back. */

import type { MessageSource, SipMessage } from '../module-exports.ts';
import { ReceivedMessage } from './received-message.ts';

const sipPort = 5060;

/**
 * The port at the source address that a reply over datagrams goes to: the source port where rport was asked for, by
 * the client (RFC 3581 §4) or the script; else the one of the top Via (RFC 3261 §18.2.2). OpenSIPS does the same.
 *
 * Deviation from RFC 3261: maddr is not followed, as in OpenSIPS, so that nobody can point replies at a third host.
 */
export function replyPort(request: SipMessage, source: MessageSource): number {
  if (!(request instanceof ReceivedMessage)) return source.remotePort;
  const { via } = request.parts;
  if (via === undefined || request.forceRport || via.rportStart >= 0) return source.remotePort;
  return via.port === 0 ? sipPort : via.port;
}
