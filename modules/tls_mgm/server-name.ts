import { domainToASCII } from 'node:url';

/**
 * A host name, or a pattern of names, as names are compared: in lower case, without the dot at its end, letters beyond
 * ASCII as DNS carries them (RFC 5890). `text` is UTF-8, one character a byte.
 */
export function comparableName(text: string): string {
  const name = withoutBlanks(text).replace(/\.$/, '');
  if (!/[^\0-\x7f]/.test(name)) return name.toLowerCase();
  return Buffer.from(name, 'latin1').toString('utf8').split('.').map(label).join('.');
}

/** A wildcard in a label leaves it as it is. */
function label(text: string): string {
  return domainToASCII(text) || text.toLowerCase();
}

/** Not trim(), which takes the last byte of some letters for a blank; and a peer may send many. */
function withoutBlanks(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (start < end && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

/** Blank, tab, line ends. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
