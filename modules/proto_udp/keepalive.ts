/** OpenSIPS's MIN_UDP_PACKET: no SIP message is shorter, and what is shorter is dropped without a word. */
const shortestMessage = 20;

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;

/**
 * A datagram that only keeps a NAT binding open: shorter than any message (CRLF, NULs, `jaK`), or nothing but line
 * ends and NULs (RFC 5626 §4.4.1, RFC 6223).
 */
export function isKeepalive(data: Buffer): boolean {
  if (data.length < shortestMessage) return true;
  const first = data[0];
  if (first !== NUL && first !== CR && first !== LF) return false;
  return data.every((byte) => byte === NUL || byte === CR || byte === LF);
}
