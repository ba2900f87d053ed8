import { isIP, isIPv4, SocketAddress } from 'node:net';

/** 4, 6, or 0 where it is no address. IPv6 without brackets. */
export function familyOf(text: string): 0 | 4 | 6 {
  const family = isIP(text);
  return family === 4 || family === 6 ? family : 0;
}

/** `[::1]:5060`, `127.0.0.1:5060`. */
export function hostAndPort(host: string, port: number): string {
  return `${bracketed(host)}:${port}`;
}

/** IPv6 in brackets, as messages and socket lines have it; anything else as it is. */
export function bracketed(host: string): string {
  return familyOf(host) === 6 ? `[${host}]` : host;
}

/** IPv6 as OpenSIPS prints it: eight groups, upper case, no leading zeros. IPv4 as it is. */
export function expandedAddress(address: string): string {
  if (familyOf(address) !== 6) return address;
  const [head = '', tail] = withHexTail(address).toUpperCase().split('::');
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].map(withoutZeros).join(':');
}

/** `::ffff:1.2.3.4` → `::ffff:102:304`. */
function withHexTail(address: string): string {
  const at = address.lastIndexOf(':') + 1;
  const tail = address.slice(at);
  if (!isIPv4(tail)) return address;
  const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number);
  return `${address.slice(0, at)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function withoutZeros(group: string): string {
  return group.replace(/^0+(?=.)/, '');
}

/** An address that every machine has: the loopback network, and the one that means all. */
export function isEverywhere(address: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$)/.test(address) || address === '::' || address === '::1';
}

/** One spelling for each address, the one in which Node tells those of peers; a name as it is. */
export function canonicalAddress(address: string): string {
  if (familyOf(address) !== 6) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
