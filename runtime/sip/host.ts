/** Host names and addresses as they stand in URIs and Via (RFC 3261 §25.1 `host`). */

import { codeTable, skipIn } from './characters.ts';

/** Letters, digits, `-`, `.` and the underscore that real host names have. */
const ofHost = codeTable('[A-Za-z0-9._-]');

/** Hexadecimal digits, `:` and `.` (the dots of an embedded IPv4 address). */
const ofAddress = codeTable('[0-9A-Fa-f:.]');

/** The end of a host name, IPv4 address or bracketed IPv6 address; `from` or less where there is none. */
export function skipHost(text: string, from: number, end: number): number {
  if (from < end && text.charCodeAt(from) === 91) {
    const at = skipIn(ofAddress, text, from + 1, end);
    return at < end && at > from + 1 && text.charCodeAt(at) === 93 ? at + 1 : -1;
  }
  return skipIn(ofHost, text, from, end);
}
