import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** One name that a certificate is valid for (RFC 5280 4.2.1.6). */
export interface AlternativeName {
  readonly type: 'dns' | 'ip' | 'url' | 'email';
  readonly value: string;
}

/**
 * Reads a host name, a wildcard (`*.example.com`) or an IPv4 or IPv6 address, and brings it into the form that
 * certificates have. Undefined where it is none of these.
 */
export function readHostName(text: string): AlternativeName | undefined {
  const family = isIP(text);
  if (family === 4) return { type: 'ip', value: text };
  if (family === 6) return readIpv6(text);
  const [, wildcard = '', rest = ''] = /^(\*\.)?(.*)$/s.exec(text) ?? [];
  const host = isAscii(rest) ? rest.toLowerCase() : domainToASCII(rest);
  if (!isHostName(host)) return undefined;
  // The top of the tree is no domain that one could have a wildcard for.
  if (wildcard !== '' && !host.includes('.')) return undefined;
  return { type: 'dns', value: `${wildcard}${host}` };
}

/** Shortened as RFC 5952 asks for. A zone (`fe80::1%eth0`) means something on one machine only. */
function readIpv6(text: string): AlternativeName | undefined {
  if (text.includes('%')) return undefined;
  return { type: 'ip', value: new URL(`http://[${text}]`).hostname.slice(1, -1) };
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** RFC 1123 2.1. A last label of digits would be half an address. */
function isHostName(host: string): boolean {
  const labels = host.split('.');
  const digitsLast = /^\d+$/.test(labels.at(-1) ?? '');
  return host.length <= 253 && !digitsLast && labels.every((part) => label.test(part));
}
