/** Opcodes of RFC 6455 §5.2 that this side writes. */
export const opcodes = { text: 1, binary: 2, close: 8, pong: 10 } as const;

export type Opcode = (typeof opcodes)[keyof typeof opcodes];

/** The payload of a control frame is no longer than this (RFC 6455 §5.5). */
const longestControlPayload = 125;

/** One whole unmasked frame, one character a byte. RFC 6455 §5.2. */
export function frame(opcode: Opcode, payload: string): string {
  return frameHead(opcode, payload.length) + payload;
}

/** A close frame; a reason that is too long for it is cut. RFC 6455 §5.5.1. */
export function closeFrame(code: number, reason: string): string {
  const payload = String.fromCharCode((code >> 8) & 0xff, code & 0xff) + reason;
  return frame(opcodes.close, payload.slice(0, longestControlPayload));
}

function frameHead(opcode: Opcode, length: number): string {
  const first = 0x80 | opcode;
  if (length < 126) return String.fromCharCode(first, length);
  if (length < 65536) return String.fromCharCode(first, 126, length >> 8, length & 0xff);
  // No string is longer than 32 bits can say.
  return String.fromCharCode(
    first,
    127,
    0,
    0,
    0,
    0,
    length >>> 24,
    (length >>> 16) & 0xff,
    (length >>> 8) & 0xff,
    length & 0xff,
  );
}
