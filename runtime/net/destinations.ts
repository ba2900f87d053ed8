import { familyOf } from './addresses.ts';
import type { SystemNetwork } from './system-network.ts';

/** A host that no message is sent to: RFC 2606 §2; browsers write such names into Via and Contact (RFC 7118 §5). */
export function isNowhere(host: string): boolean {
  return /\.invalid\.?$/i.test(host) || host.toLowerCase() === 'invalid';
}

/**
 * The addresses of a host (IPv6 with or without brackets), those of a family first that there are sockets for.
 * An address is answered at once, a name by a promise; empty where there are none.
 */
export function addressesOf(
  host: string,
  network: Pick<SystemNetwork, 'lookup'>,
  hasSocket: (family: 4 | 6) => boolean,
): readonly string[] | Promise<readonly string[]> {
  const bare = host.replace(/^\[|\]$/g, '');
  if (familyOf(bare) !== 0) return [bare];
  if (isNowhere(bare)) return [];
  return network.lookup(bare).then((found) => {
    const usable = found.filter(({ family }) => hasSocket(family));
    return (usable.length > 0 ? usable : found).map(({ address }) => address);
  });
}
