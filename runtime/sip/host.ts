/** Host names and addresses as they stand in URIs and Via (RFC 3261 §25.1 `host`). */

/** The end of a host name, IPv4 address or bracketed IPv6 address; `from` or less where there is none. */
export function skipHost(text: string, from: number, end: number): number {
  if (from < end && text.charCodeAt(from) === 91) {
    let at = from + 1;
    while (at < end && isAddressCharacter(text.charCodeAt(at))) at++;
    return at < end && at > from + 1 && text.charCodeAt(at) === 93 ? at + 1 : -1;
  }
  let at = from;
  while (at < end && isHostCharacter(text.charCodeAt(at))) at++;
  return at;
}

/** Letters, digits, `-`, `.` and the underscore that real host names have. */
function isHostCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code === 46 ||
    code === 45 ||
    code === 95
  );
}

/** Hexadecimal digits, `:` and `.` (the dots of an embedded IPv4 address). */
function isAddressCharacter(code: number): boolean {
  return (
    (code >= 48 && code <= 58) || code === 46 || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)
  );
}
