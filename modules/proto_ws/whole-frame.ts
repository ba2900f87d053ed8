import { isUtf8 } from 'node:buffer';
import { opcodes } from './opcodes.ts';

/** What a read may hold as a whole frame, for the quick way past the receiver. */
export interface WholeFrameRules {
  /** Frames of clients are masked, those of servers are not (RFC 6455 §5.1). */
  readonly masked: boolean;
  readonly maxMessageSize: number;
  /** Text that is not UTF-8 goes the long way, and fails there. */
  readonly checkUtf8: boolean;
}

const noView = new DataView(new ArrayBuffer(0));

/** The highest bit of each of four bytes. */
const beyondAscii = 0x80808080 | 0;

/**
 * A message that stands in one read as one frame, found without a copy: what nearly all are. Everything else (fragments,
 * control frames, frames that are cut, or break a rule) is left to the receiver of ws. RFC 6455 §5.2.
 */
export class WholeFrame {
  binary = false;
  payloadStart = 0;
  payloadEnd = 0;
  readonly #rules: WholeFrameRules;
  #chunk: Buffer | undefined;
  /** The bytes of that read, four at a time. */
  #view: DataView = noView;

  constructor(rules: WholeFrameRules) {
    this.#rules = rules;
  }

  /** Finds the frame at this place and takes its mask off, in place; false, and nothing is changed, where it is no such one. */
  find(chunk: Buffer, at: number): boolean {
    const { masked, maxMessageSize, checkUtf8 } = this.#rules;
    const opcode = (chunk[at] ?? 0) - 0x80;
    if (opcode !== opcodes.text && opcode !== opcodes.binary) return false;
    const second = chunk[at + 1] ?? 0;
    if (second > 0x7f !== masked) return false;
    let length = second & 0x7f;
    let start = at + 2;
    if (length > 125) {
      // A frame with a length of eight bytes is longer than most reads.
      if (length === 127) return false;
      length = (chunk[start] ?? 0) * 256 + (chunk[start + 1] ?? 0);
      start += 2;
    }
    if (masked) start += 4;
    const end = start + length;
    if (end > chunk.length || length > maxMessageSize) return false;
    const isAscii = masked && (applyMask(this.#viewOf(chunk), start, end) & beyondAscii) === 0;
    if (checkUtf8 && !isAscii && opcode === opcodes.text && !isUtf8(chunk.subarray(start, end))) {
      if (masked) applyMask(this.#viewOf(chunk), start, end);
      return false;
    }
    this.binary = opcode === opcodes.binary;
    this.payloadStart = start;
    this.payloadEnd = end;
    return true;
  }

  #viewOf(chunk: Buffer): DataView {
    if (chunk === this.#chunk) return this.#view;
    this.#chunk = chunk;
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    return this.#view;
  }
}

/**
 * Puts the mask on or takes it off, RFC 6455 §5.3; the key stands in front of the payload. Works on four bytes at a time.
 * Answers the bits that any of its bytes has then.
 */
function applyMask(bytes: DataView, start: number, end: number): number {
  const key = bytes.getInt32(start - 4);
  let bits = 0;
  let at = start;
  for (; at + 3 < end; at += 4) {
    const four = bytes.getInt32(at) ^ key;
    bytes.setInt32(at, four);
    bits |= four;
  }
  for (let left = 24; at < end; at++, left -= 8) {
    const one = bytes.getUint8(at) ^ ((key >>> left) & 0xff);
    bytes.setUint8(at, one);
    bits |= one;
  }
  return bits;
}
