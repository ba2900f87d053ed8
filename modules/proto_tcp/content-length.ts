import { FramingError } from './framing-error.ts';

const name = /(?:content-length|l)[ \t]*:/iy;
const LF = '\n';

/**
 * The bytes of the body that the head of a message announces: compact form, any case, folded values. `head` ends with
 * its empty line.
 *
 * RFC 3261 §18.3 and §20.14: over a stream every message has one. Errors: FramingError where there is none, where it is
 * no number, where two of them differ (then nobody knows where the next message begins).
 */
export function contentLength(head: string): number {
  const [first, ...others] = values(head);
  if (first === undefined) throw new FramingError('no-length', 'content length not present or unparsable');
  if (!/^\d{1,15}$/.test(first))
    throw new FramingError('bad-length', `bad Content-Length header value <${shown(first)}>`);
  const length = Number(first);
  const other = others.find((each) => Number(each) !== length);
  if (other === undefined) return length;
  throw new FramingError('two-lengths', `Content-Length header values <${first}> and <${shown(other)}>`);
}

/** What a peer wrote, fit for a line of the log. */
function shown(value: string): string {
  return value.slice(0, 40).replace(/[^ -~]/g, '?');
}

function values(head: string): string[] {
  const found: string[] = [];
  // The first line is none of the headers.
  for (let at = head.indexOf(LF) + 1; at > 0; at = head.indexOf(LF, at) + 1) {
    name.lastIndex = at;
    if (mayBeLength(head.charCodeAt(at)) && name.test(head)) found.push(valueAt(head, name.lastIndex));
  }
  return found;
}

/** `C`, `c`, `L` or `l`. */
function mayBeLength(byte: number): boolean {
  const lower = byte | 0x20;
  return lower === 0x63 || lower === 0x6c;
}

/** Unfolded (RFC 3261 §7.3.1) and trimmed. */
function valueAt(head: string, from: number): string {
  let end = head.indexOf(LF, from);
  while (head[end + 1] === ' ' || head[end + 1] === '\t') end = head.indexOf(LF, end + 1);
  return head.slice(from, end).replace(/\s+/g, ' ').trim();
}
