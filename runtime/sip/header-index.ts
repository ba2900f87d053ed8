/** The index over a message's header lines (RFC 3261 §7.3): one pass, numbers only. */

import { skipSpace, trimEnd } from './characters.ts';
import { idOfNameState, nameBegin, nextNameState } from './header-name-states.ts';
import { headerIds } from './header-names.ts';
import type { MessageParts } from './message-parts.ts';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;

/**
 * Notes every header line from `headersStart` on and finds the empty line behind them. A line that is no header is
 * noted as the message's problem and left out, so that an answer can still be built from the others.
 *
 * One function for what nearly every line needs: V8 does not join so many calls by itself.
 */
export function indexHeaders(parts: MessageParts, maxHeaders: number): void {
  const { text } = parts;
  let at = parts.headersStart;
  let carriageReturn = text.indexOf('\r', at);
  while (at < text.length) {
    const emptyLine = emptyLineLength(text, at);
    if (emptyLine > 0) {
      setEnd(parts, at, at + emptyLine);
      return;
    }
    if (parts.headerCount >= maxHeaders) {
      parts.note('SIP_HEADERS_TOO_MANY');
      break;
    }
    let name = nameBegin;
    let nameEnd = at;
    for (;;) {
      const state = nextNameState(name, text.charCodeAt(nameEnd));
      if (state === 0) break;
      name = state;
      nameEnd++;
    }
    const lineEnd = text.indexOf('\n', nameEnd);
    const isUsual =
      nameEnd > at &&
      text.charCodeAt(nameEnd) === COLON &&
      lineEnd >= 0 &&
      !isBlank(text.charCodeAt(lineEnd + 1));
    if (isUsual) {
      const valueEnd = trimEnd(text, nameEnd + 1, lineEnd);
      const valueStart = skipSpace(text, nameEnd + 1, valueEnd);
      const id = idOfNameState(name);
      if (id !== headerIds.other) noteFirst(parts, id, parts.headerCount);
      parts.addHeader(id, false, at, nameEnd, valueStart, valueEnd, lineEnd + 1);
      at = lineEnd + 1;
    } else at = indexUnusualLine(parts, idOfNameState(name), at, nameEnd, lineEnd);
    while (carriageReturn >= 0 && carriageReturn < at) {
      // A CR that no LF follows stands in no header (RFC 3261 §25.1), and others could take it for a line end.
      if (text.charCodeAt(carriageReturn + 1) !== LF) parts.note('SIP_HEADER_LINE');
      carriageReturn = text.indexOf('\r', carriageReturn + 1);
    }
  }
  parts.note('SIP_HEADERS_END');
  setEnd(parts, at, at);
}

function setEnd(parts: MessageParts, headersEnd: number, bodyStart: number): void {
  parts.headersEnd = headersEnd;
  parts.bodyStart = bodyStart;
  parts.bodyEnd = parts.text.length;
}

/** 2 for CRLF, 1 for a lone LF (which the original takes, too), 0 for anything else. */
function emptyLineLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === LF) return 1;
  return code === CR && text.charCodeAt(at + 1) === LF ? 2 : 0;
}

/**
 * Takes a header line that is folded, has blanks in front of its colon or no end, or is none; `firstEnd` is the end of its
 * first line, or -1. The offset of the next line.
 */
function indexUnusualLine(
  parts: MessageParts,
  id: number,
  start: number,
  nameEnd: number,
  firstEnd: number,
): number {
  const { text } = parts;
  let colon = nameEnd;
  while (isBlank(text.charCodeAt(colon))) colon++;
  let lineEnd = firstEnd;
  while (lineEnd >= 0 && isBlank(text.charCodeAt(lineEnd + 1))) lineEnd = text.indexOf('\n', lineEnd + 1);
  const isFolded = lineEnd !== firstEnd;
  if (lineEnd < 0) {
    parts.note('SIP_HEADERS_END');
    lineEnd = text.length;
  }
  const nextLine = Math.min(lineEnd + 1, text.length);
  if (nameEnd === start || text.charCodeAt(colon) !== COLON) {
    parts.note('SIP_HEADER_LINE');
    return nextLine;
  }
  const valueEnd = trimEnd(text, colon + 1, lineEnd);
  const valueStart = skipSpace(text, colon + 1, valueEnd);
  if (id !== headerIds.other) noteFirst(parts, id, parts.headerCount);
  parts.addHeader(id, isFolded, start, nameEnd, valueStart, valueEnd, nextLine);
  return nextLine;
}

/** Remembers the first Via, how many lines replies copy, and the headers that may stand only once; a second one of these is a problem. */
function noteFirst(parts: MessageParts, id: number, place: number): void {
  switch (id) {
    case headerIds.via:
      if (parts.viaHeader < 0) parts.viaHeader = place;
      parts.viaLines++;
      return;
    case headerIds.recordRoute:
      parts.recordRouteLines++;
      return;
    case headerIds.from:
      if (parts.fromHeader >= 0) parts.note('SIP_HEADER_TWICE', 'From');
      else parts.fromHeader = place;
      return;
    case headerIds.to:
      if (parts.toHeader >= 0) parts.note('SIP_HEADER_TWICE', 'To');
      else parts.toHeader = place;
      return;
    case headerIds.callId:
      if (parts.callIdHeader >= 0) parts.note('SIP_HEADER_TWICE', 'Call-ID');
      else parts.callIdHeader = place;
      return;
    case headerIds.cseq:
      if (parts.cseqHeader >= 0) parts.note('SIP_HEADER_TWICE', 'CSeq');
      else parts.cseqHeader = place;
      return;
    case headerIds.maxForwards:
      if (parts.maxForwardsHeader >= 0) parts.note('SIP_HEADER_TWICE', 'Max-Forwards');
      else parts.maxForwardsHeader = place;
      return;
    case headerIds.contentLength:
      if (parts.contentLengthHeader >= 0) parts.note('SIP_HEADER_TWICE', 'Content-Length');
      else parts.contentLengthHeader = place;
      return;
  }
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
