import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/** Without the square brackets that IPv6 has in URIs and Via. */
function bare(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

/** Whether a host is that address; a name is none (`dns` and `rev_dns` change nothing here). C: check_ip_address. */
export function isAddress(host: string, address: string): boolean {
  const one = bare(host);
  if (isIPv4(one) || isIPv4(address)) return one === address;
  return isIPv6(one) && isIPv6(address) && compressed(one) === compressed(address);
}

function compressed(address: string): string {
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

/** An address as OpenSIPS writes it everywhere: IPv6 in eight groups of capitals. C: ip_addr2a. */
export function spelt(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = compressed(address).split('::');
  const groups = [head, tail ?? ''].map((half) => half.split(':').flatMap(groupsOf));
  const [front = [], back = []] = groups;
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...new Array<string>(gap).fill('0'), ...back].join(':').toUpperCase();
}

/** The last 32 bits may be dotted. */
function groupsOf(group: string): string[] {
  if (group === '') return [];
  if (!group.includes('.')) return [group];
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
}

/** For a URI: IPv6 in square brackets. */
export function inUri(address: string): string {
  return isIPv6(address) ? `[${spelt(address)}]` : address;
}
