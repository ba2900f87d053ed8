/** The first Via of a request, as it goes back in replies and on to the next hop (RFC 3261 §18.2.1; RFC 3581 §4). */

import type { MessageSource, Splice } from '../module-exports.ts';
import { expandedAddress } from './ip-address.ts';
import type { MessageParts } from './message-parts.ts';
import { isSameAddress } from './source-address.ts';
import { applySplices } from './splices.ts';
import type { ParsedVia } from './via.ts';

/** One header line as received, white space at its end included, with CRLF. */
export function copyLine(parts: MessageParts, place: number): string {
  if (place < 0) return '';
  const start = parts.nameStart(place);
  const end = parts.lineEnd(place);
  return endsInCrlf(parts.text, end)
    ? parts.text.slice(start, end)
    : `${parts.text.slice(start, parts.lineStop(place))}\r\n`;
}

/** Two lines, cut out at once where the one stands right behind the other. */
export function copyLines(parts: MessageParts, first: number, second: number): string {
  const { text } = parts;
  const middle = parts.lineEnd(first);
  const end = parts.lineEnd(second);
  const isOne =
    first >= 0 && middle === parts.nameStart(second) && endsInCrlf(text, middle) && endsInCrlf(text, end);
  return isOne ? text.slice(parts.nameStart(first), end) : copyLine(parts, first) + copyLine(parts, second);
}

function endsInCrlf(text: string, end: number): boolean {
  return text.charCodeAt(end - 2) === 13 && text.charCodeAt(end - 1) === 10;
}

/** The first Via with what `viaStamps` say of it. */
export function stampVia(
  parts: MessageParts,
  via: ParsedVia,
  source: MessageSource,
  forceRport: boolean,
): string {
  const { text, viaHeader } = parts;
  const { sentByEnd, rportStart, rportEnd, receivedStart } = via;
  const start = parts.nameStart(viaHeader);
  const stop = parts.lineStop(viaHeader);
  // What nearly all clients send goes without a list of splices.
  if (rportStart >= 0 && receivedStart < 0) {
    const received = `;received=${expandedAddress(source.remoteAddress)}`;
    const rport = `;rport=${source.remotePort}`;
    const rest = rportEnd === stop ? '\r\n' : `${text.slice(rportEnd, stop)}\r\n`;
    return text.slice(start, sentByEnd) + received + text.slice(sentByEnd, rportStart) + rport + rest;
  }
  const stamps = viaStamps(via, source, forceRport);
  if (stamps.length === 0) return copyLine(parts, viaHeader);
  return `${applySplices(text, start, stop, stamps)}\r\n`;
}

/**
 * `received` (and `rport`) right behind the sent-by of the first Via: where the host is not the source address, where
 * rport was asked for (RFC 3581 §4), or where the client wrote a `received` of its own.
 *
 * Deviation: the client's own `received` is left out; the original keeps it behind its own as a second one. A Via
 * with maddr gets `received` by its host as RFC 3261 §18.2.1 says; the original compares maddr.
 */
export function viaStamps(via: ParsedVia, source: MessageSource, forceRport: boolean): Splice[] {
  const { sentByEnd, rportStart, rportEnd, receivedStart, receivedEnd } = via;
  const hasRport = rportStart >= 0;
  const mustStamp = hasRport || forceRport || receivedStart >= 0;
  if (!mustStamp && isSameAddress(via.host, source.remoteAddress)) return [];
  const received = `;received=${expandedAddress(source.remoteAddress)}`;
  const rport = `;rport=${source.remotePort}`;
  const stamps = [
    { start: sentByEnd, end: sentByEnd, text: forceRport && !hasRport ? received + rport : received },
  ];
  if (hasRport) stamps.push({ start: rportStart, end: rportEnd, text: rport });
  if (receivedStart >= 0) stamps.push({ start: receivedStart, end: receivedEnd, text: '' });
  return stamps;
}
