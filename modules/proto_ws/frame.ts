import { Sender } from 'ws';
import type { Opcode } from './opcodes.ts';
import './ws-engine-types.ts';

/** Writes one whole frame, one character a byte. RFC 6455 §5.2. */
export type FrameWriter = (opcode: Opcode, payload: string) => string;

/** The payload of a control frame is no longer than this (RFC 6455 §5.5). */
const longestControlPayload = 125;

/** A frame of a server: not masked. */
export function frame(opcode: Opcode, payload: string): string {
  return frameHead(opcode, payload.length) + payload;
}

/** A frame of a client: masked with a key of its own. RFC 6455 §5.3. */
export function maskedFrame(opcode: Opcode, payload: string): string {
  const [head, masked] = Sender.frame(Buffer.from(payload, 'latin1'), {
    fin: true,
    opcode,
    mask: true,
    readOnly: false,
    rsv1: false,
  });
  return (head?.toString('latin1') ?? '') + (masked?.toString('latin1') ?? '');
}

/** The payload of a close frame; a reason that is too long for it is cut. RFC 6455 §5.5.1. */
export function closePayload(code: number, reason: string): string {
  const payload = String.fromCharCode((code >> 8) & 0xff, code & 0xff) + reason;
  return payload.slice(0, longestControlPayload);
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
