/** Request line and status line (RFC 3261 §7.1, §7.2, §25.1). */

import { readDigits, skipToken } from './characters.ts';
import type { MessageParts } from './message-parts.ts';
import { parseUri } from './uri.ts';

const CR = 13;
const LF = 10;
const SPACE = 32;

/** What nearly all clients send, with the request line's words; method and URI are cut out for the message anyway. */
const usualRequestLine = /([A-Za-z0-9.!%*_+`'~-]+) ([^ \r\n]+) SIP\/2\.0\r\n/y;

/**
 * Reads the first line behind leading line ends. What is wrong is noted; where the rest of the message may still
 * tell something (for an answer to the sender), true comes back and the index can go on.
 */
export function readFirstLine(parts: MessageParts): boolean {
  const { text } = parts;
  const start = skipLineEnds(text);
  parts.firstLineStart = start;
  usualRequestLine.lastIndex = start;
  const [, method, uri] = usualRequestLine.exec(text) ?? [];
  if (method !== undefined && uri !== undefined) {
    setRequest(parts, method);
    parts.headersStart = usualRequestLine.lastIndex;
    if (!readRequestUri(parts, uri)) parts.note('SIP_REQUEST_URI');
    return true;
  }
  const lineEnd = text.indexOf('\n', start);
  if (lineEnd < 0) {
    parts.note(start === text.length ? 'SIP_EMPTY' : 'SIP_FIRST_LINE');
    return false;
  }
  parts.headersStart = lineEnd + 1;
  const end = text.charCodeAt(lineEnd - 1) === CR ? lineEnd - 1 : lineEnd;
  return isStatusLine(text, start) ? readStatusLine(parts, start, end) : readRequestLine(parts, start, end);
}

function skipLineEnds(text: string): number {
  let at = 0;
  while (at < text.length && (text.charCodeAt(at) === CR || text.charCodeAt(at) === LF)) at++;
  return at;
}

/** `SIP/` in any case: no method can hold a slash. */
function isStatusLine(text: string, at: number): boolean {
  return (text.charCodeAt(at) | 32) === 115 && text.slice(at, at + 4).toUpperCase() === 'SIP/';
}

function readRequestLine(parts: MessageParts, start: number, end: number): boolean {
  const { text } = parts;
  const methodEnd = skipToken(text, start, end);
  if (methodEnd === start || text.charCodeAt(methodEnd) !== SPACE) {
    parts.note('SIP_METHOD');
    return false;
  }
  setRequest(parts, text.slice(start, methodEnd));
  const space = text.indexOf(' ', methodEnd + 1);
  const isUri = readRequestUri(parts, text.slice(methodEnd + 1, space < 0 || space > end ? end : space));
  if (parts.uriEnd === end || !isVersionToken(text, parts.uriEnd + 1, end)) parts.note('SIP_FIRST_LINE');
  else if (!isSupportedVersion(text, parts.uriEnd + 1, end)) parts.note('SIP_VERSION');
  else if (!isUri) parts.note('SIP_REQUEST_URI');
  return true;
}

function setRequest(parts: MessageParts, method: string): void {
  parts.isRequest = true;
  parts.method = method;
  parts.methodEnd = parts.firstLineStart + method.length;
}

/** The text behind the method's space; false where it is no URI. */
function readRequestUri(parts: MessageParts, text: string): boolean {
  parts.uriStart = parts.methodEnd + 1;
  parts.uriEnd = parts.uriStart + text.length;
  parts.requestUri = parseUri(text);
  return parts.requestUri !== undefined;
}

/** `SIP/`, digits, a dot, digits, and nothing else. */
function isVersionToken(text: string, from: number, end: number): boolean {
  return end - from >= 7 && end - from < 32 && /^SIP\/\d+\.\d+$/i.test(text.slice(from, end));
}

/** The name is compared in any case (RFC 3261 §7.1). */
function isSupportedVersion(text: string, from: number, end: number): boolean {
  return end - from === 7 && text.startsWith('2.0', from + 4);
}

function readStatusLine(parts: MessageParts, start: number, end: number): boolean {
  const { text } = parts;
  const space = text.indexOf(' ', start);
  if (space < 0 || space > end || !isVersionToken(text, start, space)) {
    parts.note('SIP_STATUS_LINE');
    return false;
  }
  if (!isSupportedVersion(text, start, space)) {
    parts.note('SIP_VERSION');
    return false;
  }
  parts.statusCode = readDigits(text, space + 1, Math.min(space + 4, end), 699);
  parts.reasonStart = space + 5;
  parts.reasonEnd = end;
  const hasReason = text.charCodeAt(space + 4) === SPACE && space + 5 <= end;
  const carriageReturn = text.indexOf('\r', space);
  if (parts.statusCode < 100 || !hasReason || (carriageReturn >= 0 && carriageReturn < end)) {
    parts.note('SIP_STATUS_LINE');
    return false;
  }
  return true;
}
