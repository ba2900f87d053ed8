import type { SipMessage } from '../module-exports.ts';

/** A part of a body: its type in lower case without parameters ('' where none is told), and its bytes. */
export interface BodyPart {
  readonly type: string;
  readonly body: string;
  /** Where its bytes begin in the whole body. */
  readonly start: number;
}

/** A boundary is never longer (RFC 2046 §5.1.1); searching a body for a longer one could take long. */
const maxBoundaryLength = 70;

/** How many parts of one body are told apart; the rest stays in the last. */
const maxBodyParts = 64;

/** The parts of a multipart body (RFC 2046 §5.1); any other body is one part, an empty one is none. */
export function bodyPartsOf(message: SipMessage, body: string): readonly BodyPart[] {
  const contentType = message.header('Content-Type') ?? '';
  const boundary = /^\s*multipart\/[^;]+;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^\s;]+))/is.exec(contentType);
  if (body === '') return [];
  const mark = boundary?.[1] ?? boundary?.[2];
  return mark === undefined || mark.length > maxBoundaryLength
    ? [{ type: typeOf(contentType), body, start: 0 }]
    : splitBody(body, mark);
}

function splitBody(body: string, boundary: string): readonly BodyPart[] {
  const cut = `\r\n--${boundary}`;
  const [preamble = '', ...pieces] = `\r\n${body}`.split(cut, maxBodyParts + 2);
  const parts: BodyPart[] = [];
  let at = preamble.length + cut.length - '\r\n'.length;
  for (const piece of pieces) {
    if (piece.startsWith('--')) break;
    const text = piece.replace(/^[ \t]*/, '');
    parts.push(readPart(text, at + piece.length - text.length));
    at += piece.length + cut.length;
  }
  return parts;
}

/** Headers, an empty line, the bytes; the headers may be missing. */
function readPart(piece: string, at: number): BodyPart {
  const end = piece.indexOf('\r\n\r\n');
  const headers = end < 0 ? '' : piece.slice(0, end);
  const type = /\r\n(?:content-type|c)[ \t]*:([^\r\n]*)/i.exec(headers);
  const start = end < 0 ? piece.length : end + 4;
  return { type: typeOf(type?.[1] ?? ''), body: piece.slice(start), start: at + start };
}

function typeOf(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}
