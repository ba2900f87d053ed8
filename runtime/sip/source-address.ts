/** Is the host that a Via names the address that the message came from? */

import { isIPv6, SocketAddress } from 'node:net';

/** True where a Via's host is that address; IPv6 addresses may be spelt differently. Names are never equal. */
export function isSameAddress(host: string, address: string): boolean {
  if (host === address) return true;
  if (host.charCodeAt(0) !== 91) return false;
  const inside = host.slice(1, -1);
  return inside === address || normalize(inside) === normalize(address);
}

function normalize(address: string): string | undefined {
  return isIPv6(address) ? new SocketAddress({ address, family: 'ipv6' }).address : undefined;
}
