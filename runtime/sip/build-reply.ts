/** Replies to requests (RFC 3261 §8.2.6, §18.2.1, §18.2.2; RFC 3581 §4), with the lines in the original's order. */

import type { MessageSource, ReplyOptions, SipMessage } from '../module-exports.ts';
import { headerIds } from './header-names.ts';
import type { MessageParts } from './message-parts.ts';
import { ReceivedMessage } from './received-message.ts';
import { copyLine, copyLines, stampVia } from './stamp-via.ts';

interface BuildReplyOptions extends ReplyOptions {
  /** Where the request came from; by default what it was parsed with. Without either no `received` is added. */
  readonly source?: MessageSource | undefined;
  /** The whole line without its line end, `Server: …`, as the global server_header holds it; none by default. */
  readonly serverHeader?: string | undefined;
}

const noOptions: BuildReplyOptions = {};

/**
 * Builds a reply: Via list, Record-Route (180 to 299), To, From, Call-ID, CSeq, the lines that the script appended,
 * those of the options, Server, Content-Length. The copied lines are byte for byte those of the request, but for
 * the first Via (received, rport), the tag of To, and a line end of CRLF.
 *
 * `toTag` goes to To where it has no tag and the reply is not a 100 (RFC 3261 §8.2.6.2). `code` 100 to 699.
 */
export function buildReply(
  request: SipMessage,
  code: number,
  reason: string,
  options: BuildReplyOptions = noOptions,
): string {
  const serverLine = options.serverHeader === undefined ? '' : `${options.serverHeader}\r\n`;
  return printReply(request, code, reason, options, options.source ?? request.source, serverLine);
}

/** As `buildReply`, with what belongs to the host and the way of the reply apart from its options. */
export function printReply(
  request: SipMessage,
  code: number,
  reason: string,
  options: ReplyOptions,
  source: MessageSource | undefined,
  serverLine: string,
): string {
  if (!(request instanceof ReceivedMessage)) throw new TypeError('not a message of parseMessage');
  const { parts } = request;
  const { toTag, headers = '', body = request.editsIfAny?.replyBody ?? '', contentType } = options;
  return (
    `SIP/2.0 ${code} ${reason}\r\n` +
    printVias(request, source) +
    (code >= 180 && code < 300 ? copyAll(parts, headerIds.recordRoute, parts.recordRouteLines) : '') +
    printTo(parts, code > 100 ? toTag : undefined) +
    copyLine(parts, parts.fromHeader) +
    copyLines(parts, parts.callIdHeader, parts.cseqHeader) +
    (code === 100 ? copyAll(parts, headerIds.timestamp, parts.headerCount) : '') +
    (request.editsIfAny?.replyLines ?? '') +
    headers +
    serverLine +
    (contentType === undefined ? '' : `Content-Type: ${contentType}\r\n`) +
    (body === '' ? endWithoutBody : `Content-Length: ${body.length}\r\n\r\n${body}`)
  );
}

const endWithoutBody = 'Content-Length: 0\r\n\r\n';

/**
 * The first `count` lines of a header. Deviation: Timestamp is copied into a 100 as RFC 3261 §8.2.6.1 asks; the original
 * leaves it out.
 */
function copyAll(parts: MessageParts, id: number, count: number): string {
  let lines = '';
  let left = count;
  for (let place = 0; left > 0 && place < parts.headerCount; place++) {
    if (parts.idOf(place) !== id) continue;
    lines += copyLine(parts, place);
    left--;
  }
  return lines;
}

function printTo(parts: MessageParts, tag: string | undefined): string {
  const place = parts.toHeader;
  if (tag === undefined || place < 0 || parts.toAddress?.tag !== undefined) return copyLine(parts, place);
  return `${parts.text.slice(parts.nameStart(place), parts.lineStop(place))};tag=${tag}\r\n`;
}

/** All Via lines in order. */
function printVias({ parts, forceRport }: ReceivedMessage, source: MessageSource | undefined): string {
  let lines = '';
  let left = parts.viaLines;
  for (let place = parts.viaHeader; left > 0 && place < parts.headerCount; place++) {
    if (parts.idOf(place) !== headerIds.via) continue;
    left--;
    lines +=
      place === parts.viaHeader && parts.via !== undefined && source !== undefined
        ? stampVia(parts, parts.via, source, forceRport)
        : copyLine(parts, place);
  }
  return lines;
}
