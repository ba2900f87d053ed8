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

/**
 * A message that stands in one read as one frame, found without a copy: what nearly all are. Everything else (fragments,
 * control frames, frames that are cut, or break a rule) is left to the receiver of ws. RFC 6455 §5.2.
 */
export class WholeFrame {
  binary = false;
  payloadStart = 0;
  payloadEnd = 0;
  readonly #rules: WholeFrameRules;

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
    const isAscii = masked && applyMask(chunk, start, end) < 0x80;
    if (checkUtf8 && !isAscii && opcode === opcodes.text && !isUtf8(chunk.subarray(start, end))) {
      if (masked) applyMask(chunk, start, end);
      return false;
    }
    this.binary = opcode === opcodes.binary;
    this.payloadStart = start;
    this.payloadEnd = end;
    return true;
  }
}

/**
 * Puts the mask on or takes it off, RFC 6455 §5.3; the key stands in front of the payload. Answers the bits that any of
 * its bytes has then.
 */
function applyMask(chunk: Buffer, start: number, end: number): number {
  const first = chunk[start - 4] ?? 0;
  const second = chunk[start - 3] ?? 0;
  const third = chunk[start - 2] ?? 0;
  const fourth = chunk[start - 1] ?? 0;
  let bits = 0;
  let at = start;
  for (; at + 3 < end; at += 4) {
    const one = (chunk[at] ?? 0) ^ first;
    const two = (chunk[at + 1] ?? 0) ^ second;
    const three = (chunk[at + 2] ?? 0) ^ third;
    const four = (chunk[at + 3] ?? 0) ^ fourth;
    chunk[at] = one;
    chunk[at + 1] = two;
    chunk[at + 2] = three;
    chunk[at + 3] = four;
    bits |= one | two | three | four;
  }
  if (at < end) bits |= chunk[at] = (chunk[at] ?? 0) ^ first;
  if (at + 1 < end) bits |= chunk[at + 1] = (chunk[at + 1] ?? 0) ^ second;
  if (at + 2 < end) bits |= chunk[at + 2] = (chunk[at + 2] ?? 0) ^ third;
  return bits;
}
