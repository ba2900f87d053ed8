import type { SipMessage } from '../../runtime/module-exports.ts';

/** A session description in the body, without the white space behind it. */
export interface SdpBody {
  readonly text: string;
  /** Where it begins in the body. */
  readonly start: number;
}

/** RFC 2046 §5.1.1. Searching a body for a longer one could take long. */
const maxBoundaryLength = 70;

/**
 * The session descriptions of a body: it all, or its parts of that type; undefined for a message without a body or
 * without Content-Type. Parts within parts are not looked at, as in OpenSIPS.
 */
export function sdpBodies(message: SipMessage): readonly SdpBody[] | undefined {
  const body = bodyNow(message);
  const type = message.header('Content-Type');
  if (body === '' || type === undefined) return undefined;
  const boundary = boundaryOf(type) ?? addedBoundary(message);
  if (boundary !== undefined) return partsOf(body, boundary);
  return isSdp(type) ? described(body, 0, body.length) : [];
}

/** The body as it goes on, where a function has put another one in the place of the received one. */
export function bodyNow(message: SipMessage): string {
  return message.edits.body ?? message.body;
}

function boundaryOf(type: string): string | undefined {
  if (!/^\s*multipart\//i.test(type)) return undefined;
  const found = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  return shortEnough(found?.[1] ?? found?.[2]);
}

/** A body that was put together from parts by the script has another Content-Type than the one that came. */
function addedBoundary({ edits }: SipMessage): string | undefined {
  return shortEnough(/^--(\S+)\r\n/.exec(edits.body ?? '')?.[1]);
}

function shortEnough(boundary: string | undefined): string | undefined {
  return boundary !== undefined && boundary.length <= maxBoundaryLength ? boundary : undefined;
}

function partsOf(body: string, boundary: string): SdpBody[] {
  const mark = `--${boundary}`;
  const parts: SdpBody[] = [];
  for (let at = nextMark(body, mark, 0); at >= 0; at = nextMark(body, mark, at + mark.length)) {
    const head = body.indexOf('\r\n\r\n', at);
    if (head < 0 || body.startsWith('--', at + mark.length)) break;
    const next = nextMark(body, mark, head + 2);
    const end = next < 0 ? body.length : next;
    const type = /\r\ncontent-type[ \t]*:(.*)/i.exec(body.slice(at, head))?.[1] ?? '';
    if (head + 4 <= end && isSdp(type)) parts.push(...described(body, head + 4, end));
  }
  return parts;
}

/** The next boundary at the beginning of a line. */
function nextMark(body: string, mark: string, from: number): number {
  if (from === 0 && body.startsWith(mark)) return 0;
  const found = body.indexOf(`\n${mark}`, Math.max(from - 1, 0));
  return found < 0 ? -1 : found + 1;
}

function isSdp(type: string): boolean {
  return /^\s*application\/sdp\b/i.test(type);
}

function described(body: string, start: number, end: number): SdpBody[] {
  const text = body.slice(start, end).trimEnd();
  return text === '' ? [] : [{ text, start }];
}
