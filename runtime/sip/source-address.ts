/** Is the host that a Via names the address that the message came from? */

import { expandedAddress } from './ip-address.ts';

/** True where a Via's host is that address; IPv6 addresses may be spelt differently. Names are never equal. */
export function isSameAddress(host: string, address: string): boolean {
  if (host === address) return true;
  return host.charCodeAt(0) === 91 && expandedAddress(host.slice(1, -1)) === expandedAddress(address);
}
