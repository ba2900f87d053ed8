import { domainToASCII } from 'node:url';

/**
 * A host name, or a pattern of names, as names are compared: in lower case, without the dot at its end, letters beyond
 * ASCII as DNS carries them (RFC 5890). `text` is UTF-8, one character a byte.
 */
export function comparableName(text: string): string {
  const name = text.trim().toLowerCase().replace(/\.$/, '');
  if (!/[^\0-\x7f]/.test(name)) return name;
  return Buffer.from(text.trim(), 'latin1')
    .toString('utf8')
    .replace(/\.$/, '')
    .split('.')
    .map(label)
    .join('.');
}

/** A wildcard in a label leaves it as it is. */
function label(text: string): string {
  return domainToASCII(text) || text.toLowerCase();
}
