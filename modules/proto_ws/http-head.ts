import { Refusal } from './refusals.ts';

/** An HTTP request head: the request line and the headers, nothing judged yet. RFC 9112 §2 to §5. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly versionMajor: number;
  readonly versionMinor: number;
  /** In the order received; names in lower case, values trimmed and unfolded. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// Several blanks between the parts are taken as one, RFC 9112 §3.
const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) +(\S+) +HTTP\/(\d{1,3})\.(\d{1,3})$/;

/**
 * Parses a head, from the request line to the last header, without the empty line. One character a byte.
 * Errors: Refusal.
 */
export function parseRequestHead(text: string): RequestHead {
  const lines = text.split('\r\n');
  const first = requestLine.exec(lines[0] ?? '');
  if (!first) throw new Refusal('request-line', 'cannot parse the first line of the message');
  return {
    method: first[1] ?? '',
    target: first[2] ?? '',
    versionMajor: Number(first[3]),
    versionMinor: Number(first[4]),
    headers: parseHeaders(lines.slice(1)),
  };
}

function parseHeaders(lines: readonly string[]): (readonly [string, string])[] {
  const headers: [string, string][] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (last && (line.startsWith(' ') || line.startsWith('\t'))) last[1] = joined(last[1], value(line));
    else headers.push(parseHeader(line));
  }
  return headers;
}

/** A continuation line becomes one blank, RFC 9112 §5.2. */
function joined(before: string, behind: string): string {
  return before === '' || behind === '' ? before + behind : `${before} ${behind}`;
}

function parseHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  // A blank before the colon is refused too, RFC 9112 §5.1.
  if (!token.test(name)) throw new Refusal('header-syntax', 'cannot parse headers');
  return [name.toLowerCase(), value(line.slice(colon + 1))];
}

/** Without blanks at its ends. No pattern: `[ \t]+$` would take quadratic time over blanks in the middle. */
function value(text: string): string {
  if (/[\0\r]/.test(text)) throw new Refusal('header-syntax', 'cannot parse headers');
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** The values of all headers with that name, in lower case, as received. */
export function headerValues(head: RequestHead, name: string): string[] {
  return head.headers.filter((header) => header[0] === name).map((header) => header[1]);
}

/** The elements of a comma-separated header, over all its lines, empty ones left out. RFC 9110 §5.6.1. */
export function listValues(head: RequestHead, name: string): string[] {
  return headerValues(head, name)
    .flatMap((text) => text.split(','))
    .map((element) => element.trim())
    .filter((element) => element !== '');
}
