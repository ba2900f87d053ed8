import { BlockList, isIP, isIPv4, isIPv6, SocketAddress } from 'node:net';
import { headerValues, type RequestHead } from './http-head.ts';

/** The far end of a connection, as a proxy tells it. */
export interface Peer {
  /** In the spelling in which Node tells addresses. */
  readonly address: string;
  readonly port: number;
}

/** Whether an address belongs to one of some networks. */
export type Networks = (address: string) => boolean;

/**
 * Networks (`192.0.2.0/24`, `2001:db8::/32`, or a single address), separated by commas or blanks. Errors: what is
 * none, by the name of the parameter that has it.
 */
export function networks(entries: readonly string[], param: string): Networks {
  const list = new BlockList();
  const texts = entries.flatMap((entry) => entry.split(/[\s,]+/)).filter((entry) => entry !== '');
  for (const text of texts) {
    if (!add(list, text)) throw new Error(`${param}: "${text}" is no network`);
  }
  if (texts.length === 0) return () => false;
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(list: BlockList, text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const version = isIP(address);
  const bits = version === 6 ? 128 : 32;
  const prefix = length === undefined ? bits : /^\d{1,3}$/.test(length) ? Number(length) : bits + 1;
  if (version === 0 || prefix > bits || more.length > 0) return false;
  list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
  return true;
}

/**
 * The client that a request of a trusted proxy comes from: the last address of X-Forwarded-For that is not one of a
 * trusted proxy, because all in front of it may be made up. Undefined where there is none.
 */
export function forwardedFor(head: RequestHead, trusted: Networks): string | undefined {
  const hops = headerValues(head, 'x-forwarded-for').flatMap((value) => value.split(','));
  for (const hop of hops.reverse()) {
    const address = addressOf(hop.trim());
    if (address === undefined) return undefined;
    if (!trusted(address)) return address;
  }
  return undefined;
}

/** An address, in brackets or with a port as some proxies write it. */
function addressOf(text: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+)(?::\d+)?)$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  return isIP(address) === 0 ? undefined : spelt(address);
}

/** In Node's spelling; an IPv4 address that IPv6 carries as IPv4. */
function spelt(address: string): string {
  if (!isIPv6(address)) return address;
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address;
  const carried = canonical.startsWith('::ffff:') ? canonical.slice('::ffff:'.length) : '';
  return isIPv4(carried) ? carried : canonical;
}
