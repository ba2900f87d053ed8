import { isIP, isIPv4, isIPv6, SocketAddress } from 'node:net';

/** An address and port that a domain is for. */
export interface AddressFilter {
  /** As Node spells it. */
  readonly address: string;
  readonly port: number;
}

/**
 * Reads `192.0.2.1:5061`, `[2001:db8::1]:5061` or, as OpenSIPS takes it, `2001:db8::1:5061`. Undefined where it is
 * none of these.
 */
export function addressFilter(text: string): AddressFilter | undefined {
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]|(.+)):(\d{1,5})$/.exec(text.trim()) ?? [];
  const address = bracketed ?? plain ?? '';
  const port = Number(digits);
  if (isIP(address) === 0 || port === 0 || port > 65535) return undefined;
  return { address: spelt(address), port };
}

/** An address in the one spelling that all are compared in; an IPv4 address that IPv6 carries is IPv4. */
export function spelt(address: string): string {
  // Only an address of IPv6 has a colon; most have none, and need no closer look.
  if (!address.includes(':') || !isIPv6(address)) return address;
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address;
  const carried = canonical.startsWith('::ffff:') ? canonical.slice('::ffff:'.length) : '';
  return isIPv4(carried) ? carried : canonical;
}

/** `192.0.2.1:5061`, `[2001:db8::1]:5061`. */
export function addressAndPort(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
