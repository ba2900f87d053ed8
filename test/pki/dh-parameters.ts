import { getDiffieHellman } from 'node:crypto';
import { pem } from './pem.ts';

/** The Diffie-Hellman group of RFC 3526 3 (2048 bits) as PEM, `DH PARAMETERS` of PKCS#3: its prime and generator. */
export function dhParameters(): string {
  const group = getDiffieHellman('modp14');
  const body = Buffer.concat([derInteger(group.getPrime()), derInteger(group.getGenerator())]);
  return pem('DH PARAMETERS', der(0x30, body));
}

/** A positive number; where its first bit is set, a zero stands before it. */
function derInteger(bytes: Buffer): Buffer {
  return der(0x02, bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

/** Tag, length and content, for contents below 64 KiB. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
