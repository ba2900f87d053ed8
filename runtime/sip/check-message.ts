/** The checks of a message as a whole (RFC 3261 §8.1.1, §8.2, §16.3, §18.3). */

import { behind, readDigits, skipSpace, skipToken } from './characters.ts';
import type { MessageParts } from './message-parts.ts';
import { parseNameAddress } from './name-address.ts';
import { parseVia } from './via.ts';

/** A CSeq number is an unsigned number of 32 bits (RFC 3261 §20.16). */
const largestCseq = 0xffffffff;

/**
 * Reads the headers that every message needs and sets the end of the body. A message comes whole (a WebSocket
 * message or a datagram), so Content-Length may be missing; one smaller than the body cuts it, a larger one is an
 * error (RFC 3261 §18.3, RFC 7118 §5.3). Max-Forwards may be missing (§16.3).
 */
export function checkMessage(parts: MessageParts): void {
  const { text } = parts;
  if (parts.viaHeader < 0) parts.note('SIP_HEADER_MISSING', 'Via');
  else readVia(parts, text);
  if (parts.fromHeader < 0) parts.note('SIP_HEADER_MISSING', 'From');
  else parts.fromAddress = readAddress(parts, parts.fromHeader, 'From');
  if (parts.toHeader < 0) parts.note('SIP_HEADER_MISSING', 'To');
  else parts.toAddress = readAddress(parts, parts.toHeader, 'To');
  if (parts.callIdHeader < 0) parts.note('SIP_HEADER_MISSING', 'Call-ID');
  else checkCallId(parts, text);
  if (parts.cseqHeader < 0) parts.note('SIP_HEADER_MISSING', 'CSeq');
  else readCseq(parts, text);
  if (parts.contentLengthHeader >= 0) readContentLength(parts, text);
}

function readVia(parts: MessageParts, text: string): void {
  parts.via = parseVia(text, parts.valueStart(parts.viaHeader), parts.valueEnd(parts.viaHeader));
  if (parts.via === undefined) parts.note('SIP_HEADER_VALUE', 'Via');
}

function readAddress(parts: MessageParts, place: number, name: string): MessageParts['fromAddress'] {
  const address = parseNameAddress(parts.text, parts.valueStart(place), parts.valueEnd(place));
  if (address === undefined) parts.note('SIP_HEADER_VALUE', name);
  return address;
}

const word = /[^\0- ]*/y;

/** One word without white space; RFC 3261's finer `callid` is left to those who make them. */
function checkCallId(parts: MessageParts, text: string): void {
  const start = parts.valueStart(parts.callIdHeader);
  const end = parts.valueEnd(parts.callIdHeader);
  if (start === end || behind(word, text, start) < end) parts.note('SIP_HEADER_VALUE', 'Call-ID');
}

const digits = /\d*/y;

function readCseq(parts: MessageParts, text: string): void {
  const start = parts.valueStart(parts.cseqHeader);
  const end = parts.valueEnd(parts.cseqHeader);
  const numberEnd = behind(digits, text, start);
  const methodStart = skipSpace(text, numberEnd, end);
  const number = readDigits(text, start, numberEnd, largestCseq);
  const isSame = isMethodOf(parts, methodStart, end);
  if (number < 0 || methodStart === numberEnd || !(isSame || isToken(text, methodStart, end))) {
    parts.note('SIP_HEADER_VALUE', 'CSeq');
    return;
  }
  parts.cseqNumber = number;
  parts.cseqMethodStart = methodStart;
  parts.cseqMethodEnd = end;
  if (parts.isRequest && !isSame) parts.note('SIP_CSEQ_METHOD');
}

/** Methods are compared letter by letter, case counts (RFC 3261 §7.1). */
function isMethodOf({ text, isRequest, method }: MessageParts, from: number, end: number): boolean {
  return isRequest && end - from === method.length && text.startsWith(method, from);
}

function isToken(text: string, from: number, end: number): boolean {
  return from < end && skipToken(text, from, end) === end;
}

function readContentLength(parts: MessageParts, text: string): void {
  const place = parts.contentLengthHeader;
  const length = readDigits(text, parts.valueStart(place), parts.valueEnd(place), Number.MAX_SAFE_INTEGER);
  if (length < 0) parts.note('SIP_HEADER_VALUE', 'Content-Length');
  else if (parts.bodyStart + length > text.length) parts.note('SIP_BODY_SHORT');
  else parts.bodyEnd = parts.bodyStart + length;
}
