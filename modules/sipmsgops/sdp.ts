import type { SipMessage } from '../../runtime/module-exports.ts';
import { boundaryOf } from './body-parts.ts';

/** A line of SDP and where it begins in the message; the end is behind its line end. */
export interface SdpLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** One stream: its m= line and those behind it up to the next. */
export interface SdpStream {
  readonly media: string;
  readonly port: string;
  readonly transport: string;
  /** The payloads of the m= line, and where they stand with the blank in front of them. */
  readonly payloads: readonly string[];
  readonly payloadsStart: number;
  readonly payloadsEnd: number;
  /** Where the port stands, with the blanks around it. */
  readonly portStart: number;
  readonly lines: readonly SdpLine[];
  readonly start: number;
  readonly end: number;
}

export interface Sdp {
  /** Lines in front of the first stream. */
  readonly session: readonly SdpLine[];
  readonly streams: readonly SdpStream[];
}

/** As many streams as OpenSIPS reads. */
const maxStreams = 64;

/** The SDP of a body, or of the first part of one that is SDP; undefined where there is none (RFC 4566 §5). */
export function readSdp(message: SipMessage): Sdp | undefined {
  const place = sdpPlace(message);
  if (!place) return undefined;
  const lines = linesOf(message.text, place.start, place.end);
  const starts = lines.flatMap(({ text }, at) => (text.startsWith('m=') ? [at] : [])).slice(0, maxStreams);
  const streams = starts.flatMap((first, at) => streamOf(lines.slice(first, starts[at + 1])) ?? []);
  return { session: lines.slice(0, starts[0]), streams };
}

function sdpPlace(message: SipMessage): { readonly start: number; readonly end: number } | undefined {
  const { body, bodyStart } = message;
  if (body === '') return undefined;
  const type = message.header('Content-Type') ?? '';
  if (/^\s*application\/sdp\b/i.test(type)) return { start: bodyStart, end: bodyStart + body.length };
  if (!/^\s*multipart\//i.test(type)) return undefined;
  const boundary = boundaryOf(type);
  const found = boundary === undefined ? undefined : partPlace(body, boundary);
  return found && { start: bodyStart + found.start, end: bodyStart + found.end };
}

/** The first part whose headers say that it is SDP. */
function partPlace(
  body: string,
  boundary: string,
): { readonly start: number; readonly end: number } | undefined {
  const mark = `--${boundary}`;
  let at = body.startsWith(mark) ? 0 : behind(body, `\r\n${mark}`, 0) - mark.length;
  while (at >= 0) {
    const start = behind(body, '\r\n\r\n', at);
    if (start < 0) return undefined;
    const next = body.indexOf(`\r\n${mark}`, start - 2);
    if (/\r\ncontent-type[ \t]*:[ \t]*application\/sdp\b/i.test(body.slice(at, start))) {
      return { start, end: next < 0 ? body.length : next + 2 };
    }
    at = next < 0 ? -1 : next + 2;
  }
  return undefined;
}

/** The place behind a text; -1 where it does not stand behind `from`. */
function behind(body: string, text: string, from: number): number {
  const found = body.indexOf(text, from);
  return found < 0 ? -1 : found + text.length;
}

function linesOf(text: string, from: number, to: number): SdpLine[] {
  const lines: SdpLine[] = [];
  for (let start = from; start < to; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 || found >= to ? to : found + 1;
    lines.push({ text: text.slice(start, end).replace(/\r?\n$/, ''), start, end });
    start = end;
  }
  return lines;
}

function streamOf(lines: readonly SdpLine[]): SdpStream | undefined {
  const [first] = lines;
  const found = /^m=(\S+)( +)(\S+) +(\S+)((?: +\S+)*)/.exec(first?.text ?? '');
  if (!first || !found) return undefined;
  const [whole, media = '', gap = '', port = '', transport = '', payloads = ''] = found;
  const payloadsEnd = first.start + whole.length;
  return {
    media,
    port,
    transport,
    payloads: payloads.split(' ').filter((payload) => payload !== ''),
    payloadsStart: payloadsEnd - payloads.length,
    payloadsEnd,
    portStart: first.start + 2 + media.length + gap.length - 1,
    lines,
    start: first.start,
    end: lines.at(-1)?.end ?? first.end,
  };
}
