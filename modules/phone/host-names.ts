import { isIPv6 } from 'node:net';

/** `Host: name:port`, IPv6 in brackets (RFC 9110 §7.2). */
const hostForm = /^(\[[\da-f:.]+\]|[^\s:,/?#[\]@\\]+)(?::\d{1,5})?$/i;

/** The name of a Host header in lower case, without its port; undefined for one that is malformed. */
export function nameOfHost(header: string): string | undefined {
  return hostForm.exec(header)?.[1]?.toLowerCase();
}

/**
 * Whether a page may be asked for by that name. Another site's name may lead to a loopback address (DNS rebinding), and
 * its scripts could then read what is served here; a browser tells that name, so it is refused.
 */
export function isOwnName(name: string, reachedAt: string | undefined, more: readonly string[]): boolean {
  if (name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)) return true;
  return name === asHost(reachedAt) || more.some((each) => each.toLowerCase() === name);
}

function asHost(address: string | undefined): string | undefined {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/, '');
  return plain !== undefined && isIPv6(plain) ? `[${plain}]` : plain;
}
