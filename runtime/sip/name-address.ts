/** Addresses with or without display name: From, To, Contact, Route … (RFC 3261 §20.10, §25.1 name-addr). */

import type { NameAddress } from '../module-exports.ts';
import { behind, skipQuoted, skipSpace, trimEnd, unfold, unquote } from './characters.ts';
import { ParamCursor, readParams } from './params.ts';
import { schemeEnd } from './uri.ts';

const word = /[^\0- "<>\x7f]*/y;

/** One address: offsets into the text that it stands in; values are cut out when asked for. */
export class ParsedNameAddress implements NameAddress {
  readonly text: string;
  displayStart = 0;
  displayEnd = 0;
  uriStart = 0;
  uriEnd = 0;
  /** Behind the URI and its bracket. */
  paramsStart = 0;
  end = 0;
  tagStart = -1;
  tagEnd = -1;
  private paramMap: ReadonlyMap<string, string> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get displayNameAsWritten(): string {
    return unfold(this.text.slice(this.displayStart, this.displayEnd));
  }

  get displayName(): string {
    return unquote(this.displayNameAsWritten);
  }

  get uri(): string {
    return this.text.slice(this.uriStart, this.uriEnd);
  }

  get tag(): string | undefined {
    return this.tagStart < 0 ? undefined : this.text.slice(this.tagStart, this.tagEnd);
  }

  get params(): ReadonlyMap<string, string> {
    this.paramMap ??= readParams(this.text, this.paramsStart, this.end);
    return this.paramMap;
  }
}

/**
 * What stands behind the display name of nearly all addresses, with no parameter but a tag; whatever else is allowed goes
 * the long way, to the same end.
 */
const usualAddress = /<[A-Za-z][A-Za-z0-9+.-]*:[^\0- "<>\x7f]+>(?:;tag=[A-Za-z0-9._~*+-]+)?/y;

/**
 * Reads the one address of text[from, end); undefined where it is malformed. Without angle brackets parameters
 * belong to the header, and the URI can have no comma, question mark or semicolon (RFC 3261 §20.10).
 */
export function parseNameAddress(text: string, from = 0, end = text.length): ParsedNameAddress | undefined {
  const address = new ParsedNameAddress(text);
  address.end = end;
  const start = skipSpace(text, from, end);
  const bracket = readDisplayName(address, text, start, end);
  if (bracket < 0) return undefined;
  if (readUsual(address, text, bracket, end)) return address;
  const hasUri =
    bracket < end ? readBracketed(address, text, bracket, end) : readBare(address, text, start, end);
  if (!hasUri || schemeEnd(text, address.uriStart, address.uriEnd) < 0) return undefined;
  return readAddressParams(address, text, end) ? address : undefined;
}

/** False where it is not the usual form, or goes on behind it; nothing is set then. */
function readUsual(address: ParsedNameAddress, text: string, bracket: number, end: number): boolean {
  usualAddress.lastIndex = bracket;
  if (!usualAddress.test(text) || usualAddress.lastIndex !== end) return false;
  address.uriStart = bracket + 1;
  address.uriEnd = text.indexOf('>', bracket);
  address.paramsStart = address.uriEnd + 1;
  if (address.paramsStart < end) {
    address.tagStart = address.paramsStart + ';tag='.length;
    address.tagEnd = end;
  }
  return true;
}

/** The offset of `<` behind the display name, `end` where there is no `<`, or -1. */
function readDisplayName(address: ParsedNameAddress, text: string, start: number, end: number): number {
  address.displayStart = start;
  address.displayEnd = start;
  if (start < end && text.charCodeAt(start) === 34) {
    const behind = skipQuoted(text, start, end);
    if (behind < 0) return -1;
    address.displayEnd = behind;
    const bracket = skipSpace(text, behind, end);
    return bracket < end && text.charCodeAt(bracket) === 60 ? bracket : -1;
  }
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 60) {
      address.displayEnd = trimEnd(text, start, at);
      return at;
    }
    if (code === 34) return -1;
    if (code === 59 || code === 44) break;
  }
  return end;
}

/** `<uri>`: white space at its ends is left out, as RFC 4475 §3.1.2.11 allows. */
function readBracketed(address: ParsedNameAddress, text: string, bracket: number, end: number): boolean {
  const close = text.indexOf('>', bracket);
  if (close < 0 || close >= end) return false;
  address.uriStart = skipSpace(text, bracket + 1, close);
  address.uriEnd = trimEnd(text, address.uriStart, close);
  address.paramsStart = close + 1;
  return isOneWord(text, address.uriStart, address.uriEnd);
}

function readBare(address: ParsedNameAddress, text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && text.charCodeAt(at) !== 59) {
    const code = text.charCodeAt(at);
    if (code === 44 || code === 63) return false;
    at++;
  }
  address.uriStart = start;
  address.uriEnd = trimEnd(text, start, at);
  address.paramsStart = at;
  return isOneWord(text, start, address.uriEnd);
}

/** No white space, control character, bracket or quote in text[from, end). */
function isOneWord(text: string, from: number, end: number): boolean {
  return behind(word, text, from) >= end;
}

function readAddressParams(address: ParsedNameAddress, text: string, end: number): boolean {
  const cursor = new ParamCursor(text, address.paramsStart, end);
  while (cursor.next()) {
    if (address.tagStart >= 0 || !cursor.nameIs('tag')) continue;
    address.tagStart = cursor.valueStart;
    address.tagEnd = cursor.valueEnd;
    if (cursor.valueEnd <= cursor.valueStart) return false;
  }
  return !cursor.failed && cursor.at >= end;
}
