import { isUtf8 } from 'node:buffer';
import { type Opcode, opcodes } from './opcodes.ts';

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
 * A message or a control frame that stands in one read as one frame, found without a copy: what nearly all are. Everything
 * else (fragments, frames that are cut, or break a rule) is left to the receiver of ws. RFC 6455 §5.2.
 */
export class WholeFrame {
  opcode: Opcode = opcodes.text;
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
    // The last frame of its message, without reserved bits.
    const opcode = (chunk[at] ?? 0) - 0x80;
    if (!isOpcode(opcode)) return false;
    const second = chunk[at + 1] ?? 0;
    if (second > 0x7f !== masked) return false;
    let length = second & 0x7f;
    let start = at + 2;
    if (length > 125) {
      // Control frames are never so long (§5.5); a frame with a length of eight bytes is longer than most reads.
      if (length === 127 || opcode >= opcodes.close) return false;
      length = (chunk[start] ?? 0) * 256 + (chunk[start + 1] ?? 0);
      start += 2;
    }
    if (masked) start += 4;
    const end = start + length;
    if (end > chunk.length || (length > maxMessageSize && opcode < opcodes.close)) return false;
    const isAscii = masked && (applyMask(this.#viewOf(chunk), start, end) & beyondAscii) === 0;
    if (!isPayload(opcode, chunk, start, end, checkUtf8 && !isAscii)) {
      if (masked) applyMask(this.#viewOf(chunk), start, end);
      return false;
    }
    this.opcode = opcode;
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

function isOpcode(code: number): code is Opcode {
  return code === opcodes.text || code === opcodes.binary || (code >= opcodes.close && code <= opcodes.pong);
}

/** What may stand in a frame of this kind; `mustBeUtf8`: text that is read, and not known to be ASCII. */
function isPayload(opcode: Opcode, chunk: Buffer, start: number, end: number, mustBeUtf8: boolean): boolean {
  if (opcode === opcodes.close) return isClose(chunk, start, end, mustBeUtf8);
  return opcode !== opcodes.text || !mustBeUtf8 || isUtf8(chunk.subarray(start, end));
}

/** Nothing, or a code that may be sent and a reason in UTF-8; RFC 6455 §5.5.1, §7.4. */
function isClose(chunk: Buffer, start: number, end: number, mustBeUtf8: boolean): boolean {
  if (start === end) return true;
  const code = end - start < 2 ? 0 : chunk.readUInt16BE(start);
  const isCode =
    (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code <= 4999);
  return isCode && (!mustBeUtf8 || isUtf8(chunk.subarray(start + 2, end)));
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
