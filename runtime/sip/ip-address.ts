/** IP addresses: reading, spelling and comparing them. */

/** 4 or 16 bytes. */
type IpBytes = readonly number[];

export interface Network {
  readonly address: IpBytes;
  readonly mask: IpBytes;
}

/** Dotted decimal of four parts, none above 255. */
export function parseIpv4(text: string): IpBytes | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.map(Number);
}

/** Colon form of RFC 4291 §2.2, with or without brackets; the last 32 bits may be dotted decimal. */
export function parseIpv6(text: string): IpBytes | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const halves = bare.split('::');
  if (halves.length > 2 || !bare.includes(':')) return undefined;
  const [head, tail] = halves.map(groupsToBytes);
  if (!head || (halves.length === 2 && !tail)) return undefined;
  if (!tail) return head.length === 16 ? head : undefined;
  const missing = 16 - head.length - tail.length;
  return missing < 2 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function groupsToBytes(text: string): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    const last = index === groups.length - 1;
    const dotted = last && group.includes('.') ? parseIpv4(group) : undefined;
    if (dotted) bytes.push(...dotted);
    else if (/^[\da-f]{1,4}$/i.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes;
}

export function parseIp(text: string): IpBytes | undefined {
  return parseIpv4(text) ?? parseIpv6(text);
}

/** The address as text; IPv6 in capitals, without `::` and without leading zeros, as OpenSIPS prints it. */
export function formatIp(bytes: IpBytes): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups: string[] = [];
  for (let index = 0; index < 16; index += 2) {
    groups.push((((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0)).toString(16).toUpperCase());
  }
  return groups.join(':');
}

/**
 * An address in the spelling that OpenSIPS shows everywhere, which scripts compare with (C: ip_addr2a): IPv6 in eight
 * groups of capitals without leading zeros, without its zone. What is no IPv6 address stays as it is.
 */
export function expandedAddress(text: string): string {
  if (!text.includes(':')) return text;
  const zone = text.indexOf('%');
  const bytes = parseIpv6(zone < 0 ? text : text.slice(0, zone));
  return bytes ? formatIp(bytes) : text;
}

/** A network: `mask` is a prefix length or an address, absent for one host. */
export function parseNetwork(address: string, mask?: number | string): Network | undefined {
  const bytes = parseIp(address);
  if (!bytes) return undefined;
  const maskBytes = readMask(mask, bytes.length);
  return maskBytes && { address: bytes, mask: maskBytes };
}

function readMask(mask: number | string | undefined, length: number): IpBytes | undefined {
  if (mask === undefined) return prefixMask(length * 8, length);
  if (typeof mask === 'number' || /^\d+$/.test(mask)) {
    const bits = Number(mask);
    return bits <= length * 8 ? prefixMask(bits, length) : undefined;
  }
  const bytes = parseIp(mask);
  return bytes?.length === length ? bytes : undefined;
}

function prefixMask(bits: number, length: number): number[] {
  return Array.from({ length }, (_byte, index) => {
    const here = Math.min(8, Math.max(0, bits - index * 8));
    return (0xff << (8 - here)) & 0xff;
  });
}

/** Whether the text is an address in the network; undefined where it is no address. */
export function matchesNetwork(text: string, network: Network): boolean | undefined {
  const bytes = parseIp(text);
  if (!bytes) return undefined;
  if (bytes.length !== network.address.length) return false;
  return bytes.every((byte, index) => {
    const mask = network.mask[index] ?? 0;
    return (byte & mask) === ((network.address[index] ?? 0) & mask);
  });
}

/** Networks that are not routed in the Internet (RFC 1918, RFC 6598) and loopback (RFC 1122), as OpenSIPS counts. */
export const privateNetworks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
] as const;
