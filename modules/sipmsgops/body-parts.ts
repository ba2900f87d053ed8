/** One part of a body: its header lines, each with its line end, without Content-Type; its type as written; its bytes. */
export interface BodyPart {
  readonly headers: string;
  readonly contentType: string;
  readonly content: string;
}

/** RFC 2046 §5.1.1. Searching a body for a longer one could take long. */
const maxBoundaryLength = 70;

/** Undefined where the type is not one of several parts. */
export function boundaryOf(contentType: string): string | undefined {
  const found = /^\s*multipart\/[^;]*;(?:[^"]*;)?\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(
    contentType,
  );
  const boundary = found?.[1] ?? found?.[2];
  return boundary !== undefined && boundary.length <= maxBoundaryLength ? boundary : undefined;
}

/** The parts of a body (RFC 2046 §5.1); one that has no parts is its own, an empty one has none. */
export function partsOf(body: string, contentType: string): BodyPart[] {
  if (body === '') return [];
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return [{ headers: '', contentType, content: body }];
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1);
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  return (end < 0 ? pieces : pieces.slice(0, end)).map(readPart);
}

function readPart(piece: string): BodyPart {
  const start = piece.indexOf('\r\n\r\n');
  const head = start < 0 ? '' : piece.slice(piece.indexOf('\r\n') + 2, start + 2);
  const lines = head.split(/(?<=\n)/).filter((line) => line !== '\r\n' && line !== '');
  const type = lines.find((line) => /^(?:content-type|c)[ \t]*:/i.test(line));
  return {
    headers: lines.filter((line) => line !== type).join(''),
    contentType: type?.slice(type.indexOf(':') + 1).trim() ?? 'text/plain',
    content: start < 0 ? '' : piece.slice(start + 4),
  };
}

/** `Application/SDP; charset=x` → `application/sdp`. */
export function mediaType(text: string): string {
  return (text.split(';')[0] ?? '').trim().toLowerCase();
}

export function printParts(parts: readonly BodyPart[], boundary: string): string {
  const printed = parts.map(
    ({ headers, contentType, content }) =>
      `--${boundary}\r\nContent-Type: ${contentType}\r\n${headers}\r\n${content}\r\n`,
  );
  return `${printed.join('')}--${boundary}--\r\n`;
}

/** What OpenSIPS writes, with a number behind it where a part holds that. */
export function newBoundary(parts: readonly BodyPart[]): string {
  const name = 'OSS-unique-boundary-42';
  const isFree = (boundary: string) => parts.every(({ content }) => !content.includes(`--${boundary}`));
  if (isFree(name)) return name;
  let number = 1;
  while (!isFree(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}
