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

/**
 * The same where nothing may be wrong, for credentials that are to be judged: the last of a name counts, as in OpenSIPS
 * (C: parse_digest_cred). What follows a value up to the comma is passed over there too.
 */
export function readCredentials(header: string): ReadonlyMap<string, string> | 'other-scheme' | 'malformed' {
  const fields = new Map<string, string>();
  let at = behindScheme(header);
  if (at < 0) return 'other-scheme';
  for (;;) {
    const field = fieldAt(header, at);
    if (!field) return 'malformed';
    fields.set(field.name, field.value);
    const comma = header.indexOf(',', field.end);
    if (comma < 0) return fields;
    at = skipSpace(header, comma + 1, header.length);
  }
}

interface Field {
  readonly name: string;
  readonly value: string;
  readonly end: number;
}

/** `name = value` that begins at `from`; undefined where nothing of the kind stands there. */
function fieldAt(header: string, from: number): Field | undefined {
  const { length } = header;
  const equals = header.indexOf('=', from);
  if (equals < 0) return undefined;
  const name = header.slice(from, equals).trim().toLowerCase();
  const start = skipSpace(header, equals + 1, length);
  if (header.charCodeAt(start) === DOUBLE_QUOTE) {
    const end = skipQuoted(header, start, length);
    return end < 0 ? undefined : { name, value: header.slice(start + 1, end - 1), end };
  }
  const end = plainEnd(header, start, isEndOfToken);
  return end === start ? undefined : { name, value: header.slice(start, end), end };
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
  const end = isQuoted ? skipQuoted(header, start, length) : plainEnd(header, start, endsValue);
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

function plainEnd(text: string, from: number, isEnd: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && !isEnd(text.charCodeAt(at))) at++;
  return at;
}

function isEndOfToken(code: number): boolean {
  return code === COMMA || isSpace(code);
}

function endsValue(code: number): boolean {
  return code === COMMA || code === DOUBLE_QUOTE || isSpace(code);
}
