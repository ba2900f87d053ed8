/** SIP, SIPS, tel and service URIs (RFC 3261 §19.1, §25.1; RFC 3966; RFC 5031), read lazily; others are kept whole. */

import { readDigits } from './characters.ts';
import { skipHost } from './host.ts';

/** A URI: offsets into its text; values are cut out when asked for, escapes are left as written. */
export class SipUri {
  readonly text: string;
  /** In lower case. */
  readonly scheme: string;
  /** False for a scheme that says nothing here; all behind it then counts as the user. */
  isKnown = true;
  /** 0 without one. */
  port = 0;
  userStart = 0;
  userEnd = 0;
  passwordStart = -1;
  hostStart = 0;
  hostEnd = 0;
  paramsStart = 0;
  /** The question mark, or the end of the text. */
  headersStart = 0;
  private paramMap: ReadonlyMap<string, string> | undefined;
  private headerMap: ReadonlyMap<string, string> | undefined;

  constructor(text: string, scheme: string) {
    this.text = text;
    this.scheme = scheme;
  }

  /** The user part without password; of a tel URI the number; '' without one. */
  get user(): string {
    return this.text.slice(this.userStart, this.userEnd);
  }

  /** Undefined where no `:` separates one from the user. */
  get password(): string | undefined {
    return this.passwordStart < 0 ? undefined : this.text.slice(this.passwordStart, this.hostStart - 1);
  }

  /** IPv6 addresses with their brackets; '' in a tel URI or one of an unknown scheme. */
  get host(): string {
    return this.text.slice(this.hostStart, this.hostEnd);
  }

  /** By lower-case name, the first of a name; values as written, '' where there is none. */
  get params(): ReadonlyMap<string, string> {
    this.paramMap ??= readPairs(this.paramsAsWritten, ';');
    return this.paramMap;
  }

  /** All parameters as they stand, without the first semicolon. */
  get paramsAsWritten(): string {
    return this.text.slice(this.paramsStart + 1, this.headersStart);
  }

  /** The headers behind `?`, as `params`. */
  get headers(): ReadonlyMap<string, string> {
    this.headerMap ??= readPairs(this.text.slice(this.headersStart + 1), '&');
    return this.headerMap;
  }
}

/** Control characters, white space, angle brackets and quotes stand in no URI. */
const notInUri = /[\0-\x20"<>\x7f]/;

/** `urn:service:sos` (RFC 5031), `urn:nena:service:…`: the service stands as the host, as OpenSIPS has it. */
const serviceUrn = /^urn:(?:nena:)?service:/i;

/** Reads a URI; undefined where it is malformed. Only sip, sips, tel(s) and service URIs are looked into. */
export function parseUri(text: string): SipUri | undefined {
  const colon = schemeEnd(text, 0, text.length);
  if (colon < 0 || notInUri.test(text)) return undefined;
  const uri = new SipUri(text, schemeOf(text, colon));
  const rest = colon + 1;
  if (uri.scheme === 'sip' || uri.scheme === 'sips') return readSipUri(uri, text, rest) ? uri : undefined;
  if (uri.scheme === 'tel' || uri.scheme === 'tels') return readTelUri(uri, text, rest) ? uri : undefined;
  const service = uri.scheme === 'urn' ? serviceUrn.exec(text) : null;
  setRest(uri, service ? service[0].length : rest, text.length);
  if (service) uri.hostStart = uri.userEnd = uri.userStart;
  else uri.isKnown = false;
  return uri;
}

/** In lower case; that of nearly all URIs is not cut out. */
function schemeOf(text: string, colon: number): string {
  const scheme = colon === 3 && text.startsWith('sip') ? 'sip' : text.slice(0, colon);
  return scheme.toLowerCase();
}

/**
 * The offset of the colon behind a scheme that starts at `from` (RFC 3261 §25.1: a letter, then letters, digits,
 * `+`, `-`, `.`) and has something behind it; -1 where there is none.
 */
export function schemeEnd(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) continue;
    if (code === 58) return at > from && at + 1 < end ? at : -1;
    if (at === from || !((code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46)) return -1;
  }
  return -1;
}

function readSipUri(uri: SipUri, text: string, from: number): boolean {
  const at = text.indexOf('@', from);
  uri.userStart = from;
  uri.userEnd = from;
  if (at >= 0) {
    const colon = text.indexOf(':', from);
    uri.userEnd = colon >= 0 && colon < at ? colon : at;
    uri.passwordStart = uri.userEnd < at ? uri.userEnd + 1 : -1;
    if (uri.userEnd === from) return false;
  }
  uri.hostStart = at < 0 ? from : at + 1;
  uri.hostEnd = skipHost(text, uri.hostStart, text.length);
  return uri.hostEnd > uri.hostStart && readBehindHost(uri, text);
}

/** `[:port] *(;param) [?headers]` */
function readBehindHost(uri: SipUri, text: string): boolean {
  let at = uri.hostEnd;
  if (text.charCodeAt(at) === 58) {
    const portStart = at + 1;
    at = portStart;
    while (at < text.length && text.charCodeAt(at) !== 59 && text.charCodeAt(at) !== 63) at++;
    uri.port = readDigits(text, portStart, at, 65535);
    if (uri.port < 0) return false;
  }
  if (at === text.length) {
    uri.paramsStart = at;
    uri.headersStart = at;
    return true;
  }
  const code = text.charCodeAt(at);
  if (code !== 59 && code !== 63) return false;
  const question = text.indexOf('?', at);
  uri.paramsStart = at;
  uri.headersStart = question < 0 ? text.length : question;
  return true;
}

function readTelUri(uri: SipUri, text: string, from: number): boolean {
  const semicolon = text.indexOf(';', from);
  setRest(uri, from, semicolon < 0 ? text.length : semicolon);
  return /^\+?[0-9A-Fa-f*#().-]+$/.test(uri.user);
}

function setRest(uri: SipUri, from: number, end: number): void {
  uri.userStart = from;
  uri.userEnd = end;
  uri.hostStart = end;
  uri.hostEnd = end;
  uri.paramsStart = end;
  uri.headersStart = uri.text.length;
}

function readPairs(text: string, separator: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const piece of text === '' ? [] : text.split(separator)) {
    const equals = piece.indexOf('=');
    const name = (equals < 0 ? piece : piece.slice(0, equals)).toLowerCase();
    if (name !== '' && !pairs.has(name)) pairs.set(name, equals < 0 ? '' : piece.slice(equals + 1));
  }
  return pairs;
}
