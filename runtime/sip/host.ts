/** Host names and addresses as they stand in URIs and Via (RFC 3261 §25.1 `host`). */

import { behind } from './characters.ts';

/** Letters, digits, `-`, `.` and the underscore that real host names have. */
const ofHost = /[A-Za-z0-9._-]*/y;

/** Hexadecimal digits, `:` and `.` (the dots of an embedded IPv4 address). */
const ofAddress = /[0-9A-Fa-f:.]*/y;

/** The end of a host name, IPv4 address or bracketed IPv6 address; `from` or less where there is none. */
export function skipHost(text: string, from: number, end: number): number {
  if (from < end && text.charCodeAt(from) === 91) {
    const at = Math.min(behind(ofAddress, text, from + 1), end);
    return at < end && at > from + 1 && text.charCodeAt(at) === 93 ? at + 1 : -1;
  }
  return Math.min(behind(ofHost, text, from), end);
}
