/** Requests and replies as a proxy passes them on (RFC 3261 §16.6, §16.7). */

import type { MessageSource, MessageWay, SipMessage, Splice } from '../module-exports.ts';
import { isSpace } from './characters.ts';
import { headerIds } from './header-names.ts';
import type { MessageParts } from './message-parts.ts';
import { printMessage } from './print-message.ts';
import { ReceivedMessage } from './received-message.ts';
import { viaStamps } from './stamp-via.ts';
import { type ParsedVia, parseVia } from './via.ts';

/**
 * A request with this host's own Via in front of the received ones (RFC 3261 §16.6 step 8) and `received` and `rport`
 * in the first of those (§18.2.1; RFC 3581 §4), and the path of its Request-URI in front of its Route headers (RFC 3327
 * §5.3); edits and Request-URI as the script left them, the rest byte for byte.
 * `ownVia` is the value of the header. A first Via that the script removed stays away.
 */
export function printForwardedRequest(
  request: SipMessage,
  ownVia: string,
  source: MessageSource,
  way: MessageWay,
): string {
  const { parts, forceRport, editsIfAny } = received(request);
  const { via, viaHeader } = parts;
  const start = parts.nameStart(viaHeader);
  const own = { start, end: start, text: `Via: ${ownVia}\r\n` };
  const keepsVia = via !== undefined && !editsIfAny?.isRemoved(viaHeader);
  const stamps = keepsVia ? viaStamps(via, source, forceRport) : [removalOf(parts, viaHeader)];
  const route = request.path === undefined ? undefined : `Route: ${request.path}\r\n`;
  return printMessage(request, { via: [own, ...stamps], way, route });
}

/** A reply without its first Via value (RFC 3261 §16.7 step 3), with the edits of the script. */
export function printForwardedReply(reply: SipMessage, way: MessageWay): string {
  return printMessage(reply, { via: [removalOfFirstVia(received(reply).parts)], way });
}

/** Where a reply goes on to; undefined where its first Via is the only one, or the next one is malformed. */
export function secondVia(reply: SipMessage): ParsedVia | undefined {
  const { parts } = received(reply);
  const { via, viaHeader, text } = parts;
  if (via === undefined) return undefined;
  if (via.end < parts.valueEnd(viaHeader)) return parseVia(text, via.end + 1, parts.valueEnd(viaHeader));
  for (let place = viaHeader + 1; place < parts.headerCount; place++) {
    if (parts.idOf(place) === headerIds.via) {
      return parseVia(text, parts.valueStart(place), parts.valueEnd(place));
    }
  }
  return undefined;
}

function removalOfFirstVia(parts: MessageParts): Splice {
  const { text, via, viaHeader } = parts;
  if (via === undefined || via.end >= parts.valueEnd(viaHeader)) return removalOf(parts, viaHeader);
  let next = via.end + 1;
  while (isSpace(text.charCodeAt(next))) next++;
  return { start: parts.valueStart(viaHeader), end: next, text: '' };
}

function removalOf(parts: MessageParts, header: number): Splice {
  return { start: parts.nameStart(header), end: parts.lineEnd(header), text: '' };
}

function received(message: SipMessage): ReceivedMessage {
  if (message instanceof ReceivedMessage) return message;
  throw new TypeError('not a message of parseMessage');
}
