/** A message as it goes on: the received bytes with the script's edits. */

import type { MessageWay, SipMessage, Splice } from '../module-exports.ts';
import type { HeaderEdits } from './edits.ts';
import { headerIds } from './header-names.ts';
import type { MessageParts } from './message-parts.ts';
import { ReceivedMessage } from './received-message.ts';
import { applySplices } from './splices.ts';

/** What the next hop decides about a message. */
interface Outgoing {
  /** Changes of the first Via header, the lines in front of it first. */
  readonly via: readonly Splice[];
  /** Whole lines that stand in front of the first Route header; without one behind the last Via. */
  readonly route?: string | undefined;
  /** For lines that wait to be told it. */
  readonly way: MessageWay;
}

/**
 * The message with its edits applied and its Request-URI as the script set it; the rest byte for byte. Leading
 * line ends and what lies behind the body are left out. Where the body was replaced, Content-Length is set. Lines
 * that depend on the way are left out where none is given.
 */
export function printMessage(message: SipMessage, outgoing?: Outgoing): string {
  if (!(message instanceof ReceivedMessage)) throw new TypeError('not a message of parseMessage');
  const { parts } = message;
  const edits = outgoing?.route === undefined ? message.editsIfAny : message.headerEdits;
  const emptyLine = cut(parts, parts.headersEnd, parts.bodyStart);
  if (edits === undefined) {
    return printFirstLine(message) + printReceived(parts, outgoing) + emptyLine + message.body;
  }
  const body = message.changedBody;
  const headers = edits.splices
    ? printSpliced(parts, edits, edits.splices, body, outgoing)
    : printHeaders(parts, edits, body, outgoing);
  return printFirstLine(message) + headers + emptyLine + (body ?? message.body);
}

function printFirstLine({ parts, requestUri, isRequest, changedStatus }: ReceivedMessage): string {
  if (changedStatus !== undefined) return `SIP/2.0 ${changedStatus}\r\n`;
  if (!isRequest) return cut(parts, parts.firstLineStart, parts.headersStart);
  return (
    cut(parts, parts.firstLineStart, parts.uriStart) +
    requestUri +
    cut(parts, parts.uriEnd, parts.headersStart)
  );
}

function printReceived(parts: MessageParts, outgoing: Outgoing | undefined): string {
  const { headersStart, headersEnd } = parts;
  if (outgoing === undefined) return cut(parts, headersStart, headersEnd);
  return applySplices(parts.text, headersStart, headersEnd, outgoing.via);
}

function printHeaders(
  parts: MessageParts,
  edits: HeaderEdits,
  body: string | undefined,
  outgoing: Outgoing | undefined,
): string {
  let printed = '';
  for (let place = 0; place < parts.headerCount; place++) {
    printed += linesAt(parts, edits, place, outgoing);
    if (outgoing !== undefined && place === parts.viaHeader) printed += printVia(parts, outgoing);
    else if (!edits.isRemoved(place)) printed += printHeader(parts, edits, body, place);
  }
  return printed + linesAt(parts, edits, parts.headerCount, outgoing) + lengthLine(parts, body);
}

function printVia(parts: MessageParts, { via }: Outgoing): string {
  return applySplices(parts.text, parts.nameStart(parts.viaHeader), parts.lineEnd(parts.viaHeader), via);
}

/** Content-Length for a body that was changed, where the message came without one. */
function lengthLine(parts: MessageParts, body: string | undefined): string {
  return body !== undefined && parts.contentLengthHeader < 0 ? `Content-Length: ${body.length}\r\n` : '';
}

/**
 * All edits of headers as splices: those of whole lines and of the way come first, so that they win where two meet.
 *
 * Deviation: lines in front of a header also stand in front of what the script put at its very beginning; the original
 * puts them between, in the middle of that header then.
 */
function printSpliced(
  parts: MessageParts,
  edits: HeaderEdits,
  made: readonly Splice[],
  body: string | undefined,
  outgoing: Outgoing | undefined,
): string {
  const splices: Splice[] = [];
  for (let place = 0; place < parts.headerCount; place++) {
    const start = parts.nameStart(place);
    const end = parts.lineEnd(place);
    const lines = linesAt(parts, edits, place, outgoing);
    if (lines !== '') splices.push({ start, end: start, text: lines });
    if (outgoing !== undefined && place === parts.viaHeader) {
      splices.push(...outgoing.via);
      continue;
    }
    const text = edits.isRemoved(place) ? '' : printHeader(parts, edits, body, place);
    if (text !== cut(parts, start, end)) splices.push({ start, end, text });
  }
  const headers = applySplices(parts.text, parts.headersStart, parts.headersEnd, [...splices, ...made]);
  return headers + linesAt(parts, edits, parts.headerCount, outgoing) + lengthLine(parts, body);
}

/** C: insert_path_as_route. */
function placeOfRoute(parts: MessageParts): number {
  let behindVia = 0;
  for (let place = 0; place < parts.headerCount; place++) {
    const id = parts.idOf(place);
    if (id === headerIds.route) return place;
    if (id === headerIds.via) behindVia = place + 1;
  }
  return behindVia;
}

function linesAt(
  parts: MessageParts,
  edits: HeaderEdits,
  place: number,
  outgoing: Outgoing | undefined,
): string {
  let printed = '';
  for (const { place: at, lines } of edits.inserted) {
    if (at !== place) continue;
    if (typeof lines === 'string') printed += lines;
    else if (outgoing !== undefined) printed += lines(outgoing.way);
  }
  if (outgoing?.route !== undefined && place === placeOfRoute(parts)) printed += outgoing.route;
  return printed;
}

function printHeader(
  parts: MessageParts,
  edits: HeaderEdits,
  body: string | undefined,
  place: number,
): string {
  const replacement = edits.replacement(place);
  if (replacement !== undefined) return replacement;
  const start = parts.nameStart(place);
  const end = parts.lineEnd(place);
  if (body === undefined || place !== parts.contentLengthHeader) return cut(parts, start, end);
  const length = String(body.length);
  return cut(parts, start, parts.valueStart(place)) + length + cut(parts, parts.valueEnd(place), end);
}

function cut(parts: MessageParts, start: number, end: number): string {
  return parts.text.slice(start, end);
}
