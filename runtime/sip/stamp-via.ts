/** The first Via of a request, as it goes back in replies and on to the next hop (RFC 3261 §18.2.1; RFC 3581 §4). */

import type { MessageSource } from '../module-exports.ts';
import { expandedAddress } from './ip-address.ts';
import type { MessageParts } from './message-parts.ts';
import { isSameAddress } from './source-address.ts';
import type { ParsedVia } from './via.ts';

/** One header line as received, white space at its end included, with CRLF. */
export function copyLine(parts: MessageParts, place: number): string {
  return place < 0 ? '' : `${parts.text.slice(parts.nameStart(place), parts.lineStop(place))}\r\n`;
}

/**
 * The first Via with `received` (and `rport`) right behind its sent-by: where the host is not the source address,
 * where rport was asked for (RFC 3581 §4), or where the client wrote a `received` of its own.
 *
 * Deviation: the client's own `received` is left out; the original keeps it behind its own as a second one. A Via
 * with maddr gets `received` by its host as RFC 3261 §18.2.1 says; the original compares maddr.
 */
export function stampVia(
  parts: MessageParts,
  via: ParsedVia,
  source: MessageSource,
  forceRport: boolean,
): string {
  const { text, viaHeader } = parts;
  const hasRport = via.rportStart >= 0;
  const mustStamp = hasRport || forceRport || via.receivedStart >= 0;
  if (!mustStamp && isSameAddress(via.host, source.remoteAddress)) return copyLine(parts, viaHeader);
  const rport = `;rport=${source.remotePort}`;
  return (
    `${text.slice(parts.nameStart(viaHeader), via.sentByEnd)};received=${expandedAddress(source.remoteAddress)}` +
    (forceRport && !hasRport ? rport : '') +
    `${copyParams(text, via, parts.lineStop(viaHeader), rport)}\r\n`
  );
}

/** What stands behind sent-by, the old `received` left out and the value of `rport` filled in, in place. */
function copyParams(text: string, via: ParsedVia, end: number, rport: string): string {
  const { sentByEnd, rportStart, rportEnd, receivedStart, receivedEnd } = via;
  if (receivedStart < 0) {
    return rportStart < 0
      ? text.slice(sentByEnd, end)
      : text.slice(sentByEnd, rportStart) + rport + text.slice(rportEnd, end);
  }
  if (rportStart < 0) return text.slice(sentByEnd, receivedStart) + text.slice(receivedEnd, end);
  return rportStart < receivedStart
    ? text.slice(sentByEnd, rportStart) +
        rport +
        text.slice(rportEnd, receivedStart) +
        text.slice(receivedEnd, end)
    : text.slice(sentByEnd, receivedStart) +
        text.slice(receivedEnd, rportStart) +
        rport +
        text.slice(rportEnd, end);
}
