/** Via (RFC 3261 §20.42, §25.1 via-parm; rport of RFC 3581). */

import type { Via } from '../module-exports.ts';
import { isSpace, readDigits, skipSpace, skipToken } from './characters.ts';
import { skipHost } from './host.ts';
import { ParamCursor, readParams } from './params.ts';

/** One value of a Via header: offsets into the text that it stands in; values are cut out when asked for. */
export class ParsedVia implements Via {
  readonly text: string;
  transportStart = 0;
  transportEnd = 0;
  hostStart = 0;
  hostEnd = 0;
  port = 0;
  /** Behind host and port: the place for `;received=`. */
  sentByEnd = 0;
  /** Behind the last parameter: a comma or the end of the header's value. */
  end = 0;
  branchStart = -1;
  branchEnd = -1;
  /** From the semicolon to the end of the parameter; -1 without one. */
  receivedStart = -1;
  receivedEnd = -1;
  rportStart = -1;
  rportEnd = -1;
  private paramMap: ReadonlyMap<string, string> | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get protocol(): string {
    return this.text.slice(this.transportStart, this.transportEnd);
  }

  get host(): string {
    return this.text.slice(this.hostStart, this.hostEnd);
  }

  get branch(): string | undefined {
    return this.branchStart < 0 ? undefined : this.text.slice(this.branchStart, this.branchEnd);
  }

  get params(): ReadonlyMap<string, string> {
    this.paramMap ??= readParams(this.text, this.sentByEnd, this.end);
    return this.paramMap;
  }
}

/** What nearly all clients send, read at once; whatever else is allowed goes the long way, to the same end. */
const usualVia =
  /SIP\/2\.0\/([A-Za-z]+) ([A-Za-z0-9._-]+)(?::([1-9]\d{0,4}))?;branch=([A-Za-z0-9._~*+-]+)(;rport)?/y;

/**
 * Reads the first value of a Via header that starts at `from`; undefined where RFC 3261's grammar does not fit.
 * White space, folds included, is allowed around `/`, `:`, `;` and `=`.
 */
export function parseVia(text: string, from = 0, end = text.length): ParsedVia | undefined {
  const via = new ParsedVia(text);
  if (readUsual(via, text, from, end)) return via;
  const sentBy = readSentProtocol(via, text, skipSpace(text, from, end), end);
  if (sentBy < 0 || !readSentBy(via, text, sentBy, end)) return undefined;
  return readViaParams(via, text, end) ? via : undefined;
}

/** False where it is not the usual form, or goes on behind it; nothing is set then. */
function readUsual(via: ParsedVia, text: string, from: number, end: number): boolean {
  usualVia.lastIndex = from;
  const [, transport, host, port, branch] = usualVia.exec(text) ?? [];
  if (usualVia.lastIndex !== end || !transport || !host || !branch || Number(port) > 65535) return false;
  via.transportStart = from + 'SIP/2.0/'.length;
  via.transportEnd = via.transportStart + transport.length;
  via.hostStart = via.transportEnd + 1;
  via.hostEnd = via.hostStart + host.length;
  via.port = port === undefined ? 0 : Number(port);
  via.sentByEnd = via.hostEnd + (port === undefined ? 0 : 1 + port.length);
  via.branchStart = via.sentByEnd + ';branch='.length;
  via.branchEnd = via.branchStart + branch.length;
  if (via.branchEnd < end) {
    via.rportStart = via.branchEnd;
    via.rportEnd = end;
  }
  via.end = end;
  return true;
}

/** `SIP / 2.0 / WS` and the white space behind it; the offset of the host, or -1. */
function readSentProtocol(via: ParsedVia, text: string, from: number, end: number): number {
  const version = behindSlash(text, from, end);
  const transport = version < 0 ? -1 : behindSlash(text, version, end);
  if (transport < 0) return -1;
  via.transportStart = transport;
  via.transportEnd = skipToken(text, transport, end);
  const host = skipSpace(text, via.transportEnd, end);
  return via.transportEnd === transport || host === via.transportEnd ? -1 : host;
}

/** The offset behind a token, a slash and the white space around it, or -1. */
function behindSlash(text: string, from: number, end: number): number {
  const tokenEnd = skipToken(text, from, end);
  const slash = skipSpace(text, tokenEnd, end);
  if (tokenEnd === from || slash >= end || text.charCodeAt(slash) !== 47) return -1;
  return skipSpace(text, slash + 1, end);
}

function readSentBy(via: ParsedVia, text: string, from: number, end: number): boolean {
  via.hostStart = from;
  via.hostEnd = skipHost(text, from, end);
  if (via.hostEnd <= from) return false;
  via.sentByEnd = via.hostEnd;
  const colon = skipSpace(text, via.hostEnd, end);
  if (colon >= end || text.charCodeAt(colon) !== 58) return true;
  const portStart = skipSpace(text, colon + 1, end);
  via.sentByEnd = skipToken(text, portStart, end);
  via.port = readDigits(text, portStart, via.sentByEnd, 65535);
  return via.port > 0;
}

function readViaParams(via: ParsedVia, text: string, end: number): boolean {
  const cursor = new ParamCursor(text, via.sentByEnd, end);
  while (cursor.next()) noteParam(via, cursor);
  via.end = cursor.at;
  return !cursor.failed && !(cursor.at < end && isSpace(text.charCodeAt(cursor.at)));
}

function noteParam(via: ParsedVia, cursor: ParamCursor): void {
  switch (cursor.nameEnd - cursor.nameStart) {
    case 5:
      if (cursor.nameIs('rport') && via.rportStart < 0) {
        via.rportStart = cursor.start;
        via.rportEnd = cursor.at;
      }
      return;
    case 6:
      if (cursor.nameIs('branch') && via.branchStart < 0) {
        via.branchStart = cursor.valueStart;
        via.branchEnd = cursor.valueEnd;
      }
      return;
    case 8:
      if (cursor.nameIs('received') && via.receivedStart < 0) {
        via.receivedStart = cursor.start;
        via.receivedEnd = cursor.at;
      }
      return;
  }
}
