import type { SdpStream } from './sdp.ts';

/** What a payload number stands for. */
export interface Codec {
  readonly payload: string;
  readonly name: string;
  /** '' where none is told. */
  readonly clock: string;
}

/** RFC 3551 §6, and t38: what numbers mean without an rtpmap. */
const fixed: readonly Codec[] = [
  ['0', 'PCMU', '8000'],
  ['3', 'GSM', '8000'],
  ['4', 'G723', '8000'],
  ['5', 'DVI4', '8000'],
  ['6', 'DVI4', '16000'],
  ['7', 'LPC', '8000'],
  ['8', 'PCMA', '8000'],
  ['9', 'G722', '8000'],
  ['10', 'L16', '44100'],
  ['11', 'L16', '44100'],
  ['12', 'QCELP', '8000'],
  ['13', 'CN', '8000'],
  ['14', 'MPA', '90000'],
  ['15', 'G728', '8000'],
  ['16', 'DVI4', '11025'],
  ['17', 'DVI4', '22050'],
  ['18', 'G729', '8000'],
  ['25', 'CelB', '8000'],
  ['26', 'JPEG', '90000'],
  ['28', 'nv', '90000'],
  ['31', 'H261', '90000'],
  ['32', 'MPV', '90000'],
  ['33', 'MP2T', '90000'],
  ['34', 'H263', '90000'],
  ['t38', 't38', ''],
].map(([payload = '', name = '', clock = '']) => ({ payload, name, clock }));

/** The codecs of a stream's rtpmap lines, the last of the m= line first as OpenSIPS has them, then those of fixed numbers. */
export function codecsOf({ lines, payloads }: SdpStream): readonly Codec[] {
  const named = new Map<string, Codec>();
  for (const { text } of lines) {
    const [, payload, name = '', clock = ''] = /^a=rtpmap:(\S+) +([^/\s]+)(?:\/([^/\s]*))?/i.exec(text) ?? [];
    if (payload !== undefined && !named.has(payload)) named.set(payload, { payload, name, clock });
  }
  const listed = payloads.flatMap((payload) => named.get(payload) ?? []);
  return [...listed.reverse(), ...fixed];
}

/** The payload that repeats another one (RFC 4588 §8.1: `apt=`). */
export function linkedPayload({ lines }: SdpStream, payload: string): string | undefined {
  for (const { text } of lines) {
    const [, linked, apt] = /^a=fmtp:(\S+) +(?:.*;)?\s*apt=(\d+)/i.exec(text) ?? [];
    if (apt === payload) return linked;
  }
  return undefined;
}

/** Whether a line tells something of one payload: `a=fmtp:96 …`. */
export function isAbout(line: string, payload: string): boolean {
  const [, about] = /^a=[\w-]+:(\S+)/.exec(line) ?? [];
  return about === payload;
}
