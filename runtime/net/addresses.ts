import { isIP, SocketAddress } from 'node:net';

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

/** An address that every machine has: the loopback network, and the one that means all. */
export function isEverywhere(address: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$)/.test(address) || address === '::' || address === '::1';
}

/** One spelling for each address, the one in which Node tells those of peers; a name, or an address with its zone, as it is. */
export function canonicalAddress(address: string): string {
  if (familyOf(address) !== 6 || address.includes('%')) return address;
  return new SocketAddress({ address, family: 'ipv6' }).address;
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
