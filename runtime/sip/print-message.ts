/** A message as it goes on: the received bytes with the script's edits. */

import type { MessageWay, SipMessage } from '../module-exports.ts';
import type { HeaderEdits } from './edits.ts';
import { headerIds } from './header-names.ts';
import type { MessageParts } from './message-parts.ts';
import { ReceivedMessage } from './received-message.ts';

/** What the next hop decides about a message. */
interface Outgoing {
  /** What stands in the place of the first Via header, whole lines. */
  readonly via: string;
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
  const headers = edits === undefined ? printReceived(parts, outgoing) : printHeaders(parts, edits, outgoing);
  const emptyLine = cut(parts, parts.headersEnd, parts.bodyStart);
  return printFirstLine(message) + headers + emptyLine + (edits?.body ?? message.body);
}

function printFirstLine({ parts, requestUri, isRequest }: ReceivedMessage): string {
  if (!isRequest) return cut(parts, parts.firstLineStart, parts.headersStart);
  return (
    cut(parts, parts.firstLineStart, parts.uriStart) +
    requestUri +
    cut(parts, parts.uriEnd, parts.headersStart)
  );
}

function printReceived(parts: MessageParts, outgoing: Outgoing | undefined): string {
  const { headersStart, headersEnd, viaHeader } = parts;
  if (outgoing === undefined) return cut(parts, headersStart, headersEnd);
  return (
    cut(parts, headersStart, parts.nameStart(viaHeader)) +
    outgoing.via +
    cut(parts, parts.lineEnd(viaHeader), headersEnd)
  );
}

function printHeaders(parts: MessageParts, edits: HeaderEdits, outgoing: Outgoing | undefined): string {
  let printed = '';
  const routePlace = outgoing?.route === undefined ? -1 : placeOfRoute(parts);
  for (let place = 0; place < parts.headerCount; place++) {
    printed += linesAt(edits, place, outgoing);
    if (place === routePlace) printed += outgoing?.route;
    if (outgoing !== undefined && place === parts.viaHeader) printed += outgoing.via;
    else if (!edits.isRemoved(place)) printed += printHeader(parts, edits, place);
  }
  printed += linesAt(edits, parts.headerCount, outgoing);
  if (routePlace === parts.headerCount) printed += outgoing?.route;
  const lacksLength = edits.body !== undefined && parts.contentLengthHeader < 0;
  return lacksLength ? `${printed}Content-Length: ${edits.body?.length}\r\n` : printed;
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

function linesAt(edits: HeaderEdits, place: number, outgoing: Outgoing | undefined): string {
  let printed = '';
  for (const { place: at, lines } of edits.inserted) {
    if (at !== place) continue;
    if (typeof lines === 'string') printed += lines;
    else if (outgoing !== undefined) printed += lines(outgoing.way);
  }
  return printed;
}

function printHeader(parts: MessageParts, edits: HeaderEdits, place: number): string {
  const replacement = edits.replacement(place);
  if (replacement !== undefined) return replacement;
  const start = parts.nameStart(place);
  const end = parts.lineEnd(place);
  if (edits.body === undefined || place !== parts.contentLengthHeader) return cut(parts, start, end);
  const length = String(edits.body.length);
  return cut(parts, start, parts.valueStart(place)) + length + cut(parts, parts.valueEnd(place), end);
}

function cut(parts: MessageParts, start: number, end: number): string {
  return parts.text.slice(start, end);
}
