import { Refusal } from './refusals.ts';

/** What a request and an answer have in common, nothing judged yet. RFC 9112 §2 to §5. */
interface HttpHead {
  readonly versionMajor: number;
  readonly versionMinor: number;
  /** In the order received; names in lower case, values trimmed and unfolded. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface RequestHead extends HttpHead {
  readonly method: string;
  readonly target: string;
}

export interface ResponseHead extends HttpHead {
  readonly status: number;
  /** '' without one. */
  readonly phrase: string;
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// Several blanks between the parts are taken as one, RFC 9112 §3.
const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) +(\S+) +HTTP\/(\d{1,3})\.(\d{1,3})$/;
// Some servers leave out the blank behind the status where there is no phrase.
const statusLine = /^HTTP\/(\d{1,3})\.(\d{1,3}) (\d{3})(?: ([^\0\r]*))?$/;

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

/** The same for an answer, from its status line on. Errors: Refusal. */
export function parseResponseHead(text: string): ResponseHead {
  const lines = text.split('\r\n');
  const first = statusLine.exec(lines[0] ?? '');
  if (!first) throw new Refusal('request-line', 'cannot parse the first line of the message');
  return {
    versionMajor: Number(first[1]),
    versionMinor: Number(first[2]),
    status: Number(first[3]),
    phrase: first[4]?.trim() ?? '',
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
export function headerValues(head: HttpHead, name: string): string[] {
  return head.headers.filter((header) => header[0] === name).map((header) => header[1]);
}

/** The elements of a comma-separated header, over all its lines, empty ones left out. RFC 9110 §5.6.1. */
export function listValues(head: HttpHead, name: string): string[] {
  return headerValues(head, name)
    .flatMap((text) => text.split(','))
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

/** Whether such a header names the token, which is given in lower case; any case counts. */
export function hasToken(head: HttpHead, name: string, token: string): boolean {
  return listValues(head, name).some((value) => value.toLowerCase() === token);
}

/** The path of a request's target, also of one in absolute form; as written. RFC 9112 §3.2. */
export function pathOf(target: string): string {
  const { path } = splitTarget(target);
  return path;
}

/** What stands behind the first question mark; '' without one. */
export function queryOf(target: string): string {
  const { query } = splitTarget(target);
  return query;
}

function splitTarget(target: string): { path: string; query: string } {
  const [, withoutAuthority = target] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/i.exec(target) ?? [];
  const [beforeFragment = ''] = withoutAuthority.split('#', 1);
  const mark = beforeFragment.indexOf('?');
  const path = mark < 0 ? beforeFragment : beforeFragment.slice(0, mark);
  return { path: path === '' ? '/' : path, query: mark < 0 ? '' : beforeFragment.slice(mark + 1) };
}
