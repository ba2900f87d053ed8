/** Credentials and challenges of HTTP Digest as SIP carries them (RFC 3261 §20.7, §20.44; RFC 7616 §3.4). */

import { isSpace, skipQuoted, skipSpace } from './characters.ts';

const DOUBLE_QUOTE = 34;
const COMMA = 44;
const EQUALS = 61;

/**
 * The fields of `Digest name=value, …`, names in lower case, the first of a name; quotes are taken off, escapes stay
 * as written. What is no field is passed over, a quote that never closes hides the rest. Empty for another scheme.
 */
export function readDigest(header: string | undefined): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  if (header === undefined) return fields;
  let at = behindScheme(header);
  while (at >= 0 && at < header.length) at = readField(header, at, fields);
  return fields;
}

/** The offset behind `Digest` in any case and the white space that follows it, or -1. */
function behindScheme(header: string): number {
  const start = skipSpace(header, 0, header.length);
  const end = start + 'digest'.length;
  if (header.slice(start, end).toLowerCase() !== 'digest' || !isSpace(header.charCodeAt(end))) return -1;
  return skipSpace(header, end, header.length);
}

/** Reads the field that begins at `from`, or passes over what stands there; the offset behind it. */
function readField(header: string, from: number, fields: Map<string, string>): number {
  const length = header.length;
  const nameEnd = wordEnd(header, from);
  if (nameEnd === from) return from + 1;
  const equals = skipSpace(header, nameEnd, length);
  if (header.charCodeAt(equals) !== EQUALS) return equals;
  const start = skipSpace(header, equals + 1, length);
  const isQuoted = header.charCodeAt(start) === DOUBLE_QUOTE;
  const end = isQuoted ? skipQuoted(header, start, length) : plainEnd(header, start);
  if (end < 0) return length;
  const name = header.slice(from, nameEnd).toLowerCase();
  const value = isQuoted ? header.slice(start + 1, end - 1) : header.slice(start, end);
  if (end > start && !fields.has(name)) fields.set(name, value);
  return end;
}

/** The end of a name: all that is no separator of a list of fields. */
function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== EQUALS && !endsValue(text.charCodeAt(at))) at++;
  return at;
}

function plainEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !endsValue(text.charCodeAt(at))) at++;
  return at;
}

function endsValue(code: number): boolean {
  return code === COMMA || code === DOUBLE_QUOTE || isSpace(code);
}
