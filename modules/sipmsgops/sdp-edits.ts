import type { ScriptRun, SipMessage, Splice } from '../../runtime/module-exports.ts';
import { keepsReceivedSdp, renewBody } from './changed-body.ts';
import { type Codec, codecsOf, isAbout, linkedPayload } from './codecs.ts';
import { readSdp, type Sdp, type SdpLine, type SdpStream } from './sdp.ts';

/** What has been done to one stream; later functions see it. */
interface StreamEdits {
  readonly stream: SdpStream;
  payloads: string[];
  splice: Splice | undefined;
  readonly removed: Set<SdpLine>;
  deleted: boolean;
}

interface SdpEdits {
  readonly sdp: Sdp;
  readonly streams: readonly StreamEdits[];
}

export type CodecTest = (codec: Codec) => boolean;
export type CodecChange = 'delete' | 'first' | 'last';

const key = Symbol('sdp edits');

/** Undefined where the message came without SDP, or that is no part of its body any more. */
export function sdpOf(run: ScriptRun): SdpEdits | undefined {
  if (!keepsReceivedSdp(run)) return undefined;
  const { message, storage } = run;
  const known = storage.get(key);
  // Nobody else can put anything under this symbol.
  if (known !== undefined) return known as SdpEdits;
  const sdp = readSdp(message);
  if (!sdp) return undefined;
  const streams = sdp.streams.map((stream) => ({
    stream,
    payloads: [...stream.payloads],
    splice: undefined,
    removed: new Set<SdpLine>(),
    deleted: false,
  }));
  storage.set(key, { sdp, streams });
  return { sdp, streams };
}

export function hasCodec(run: ScriptRun, wanted: CodecTest): boolean {
  return (sdpOf(run)?.streams ?? []).some((edits) => matching(edits, wanted).length > 0);
}

/** True where a stream had such a codec. */
export function changeCodecs(run: ScriptRun, wanted: CodecTest, change: CodecChange): boolean {
  let changed = false;
  for (const edits of sdpOf(run)?.streams ?? []) {
    const found = matching(edits, wanted);
    if (found.length === 0) continue;
    changed = true;
    if (change === 'delete') deletePayloads(run.message, edits, found);
    else movePayloads(run.message, edits, found, change);
  }
  if (changed) renewBody(run);
  return changed;
}

/** The payloads that are still there, in the order of the m= line as it came. */
function matching({ stream, payloads, deleted }: StreamEdits, wanted: CodecTest): string[] {
  if (deleted) return [];
  const found = codecsOf(stream)
    .filter(wanted)
    .map(({ payload }) => payload);
  return [...new Set(found)].filter((payload) => payloads.includes(payload));
}

function movePayloads(
  message: SipMessage,
  edits: StreamEdits,
  moved: readonly string[],
  where: 'first' | 'last',
): void {
  const rest = edits.payloads.filter((payload) => !moved.includes(payload));
  edits.payloads = where === 'first' ? [...moved, ...rest] : [...rest, ...moved];
  writePayloads(message, edits);
}

/** A stream without payloads is switched off by port 0 (RFC 3264 §6). */
function deletePayloads(message: SipMessage, edits: StreamEdits, found: readonly string[]): void {
  const gone = found.flatMap((payload) => [payload, linkedPayload(edits.stream, payload) ?? payload]);
  edits.payloads = edits.payloads.filter((payload) => !gone.includes(payload));
  for (const line of edits.stream.lines) {
    if (edits.removed.has(line) || !gone.some((payload) => isAbout(line.text, payload))) continue;
    edits.removed.add(line);
    message.edits.splice(line.start, line.end, '');
  }
  writePayloads(message, edits);
  if (edits.payloads.length > 0) return;
  const { portStart, port } = edits.stream;
  message.edits.splice(portStart, portStart + port.length + 2, ' 0 ');
  edits.deleted = true;
}

function writePayloads(message: SipMessage, edits: StreamEdits): void {
  const { payloadsStart, payloadsEnd } = edits.stream;
  const text = edits.payloads.map((payload) => ` ${payload}`).join('');
  if (edits.splice) edits.splice.text = text;
  else edits.splice = message.edits.splice(payloadsStart, payloadsEnd, text);
}

export type StreamTest = (stream: SdpStream) => boolean;

/** OpenSIPS looks at the last stream first. */
export function hasStream(run: ScriptRun, wanted: StreamTest): boolean {
  return (sdpOf(run)?.streams ?? []).some(({ stream }) => wanted(stream));
}

/** Takes away the last stream that passes; false where there is none, or it is gone already. */
export function deleteStream(run: ScriptRun, wanted: StreamTest): boolean {
  const edits = sdpOf(run)?.streams.findLast(({ stream }) => wanted(stream));
  if (!edits || edits.deleted) return false;
  edits.deleted = true;
  run.message.edits.splice(edits.stream.start, edits.stream.end, '');
  renewBody(run);
  return true;
}

/** 1: no address (RFC 2543), 2: inactive or sendonly (RFC 3264); of the first audio stream that is on hold. */
export function audioHold(run: ScriptRun): 1 | 2 | undefined {
  const found = sdpOf(run);
  if (!found) return undefined;
  const { session, streams } = found.sdp;
  const audio = streams.filter(({ media }) => media.toLowerCase() === 'audio');
  for (const { lines } of audio) {
    const address = lineValue(lines, 'c=') ?? lineValue(session, 'c=') ?? '';
    if (/^IN IP4 0\.0\.0\.0\b/i.test(address) || /^IN IP6 ::\s*$/i.test(address)) return 1;
    const direction = directionOf(lines);
    if (direction === 'inactive' || direction === 'sendonly') return 2;
  }
  return undefined;
}

function lineValue(lines: readonly SdpLine[], start: string): string | undefined {
  return lines.find(({ text }) => text.startsWith(start))?.text.slice(start.length);
}

function directionOf(lines: readonly SdpLine[]): string | undefined {
  return lines
    .map(({ text }) => /^a=(sendrecv|sendonly|recvonly|inactive)$/i.exec(text)?.[1])
    .find(Boolean)
    ?.toLowerCase();
}
