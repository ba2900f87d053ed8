import { getDiffieHellman } from 'node:crypto';
import { pem } from './pem.ts';

/** What a group is made of. */
interface Group {
  /** Default: that of RFC 3526 §3 (2048 bits). */
  readonly prime?: Buffer;
  /** Default: `DH PARAMETERS`, of PKCS #3: prime and generator. `X9.42 DH PARAMETERS` has the order behind them. */
  readonly label?: 'DH PARAMETERS' | 'X9.42 DH PARAMETERS';
}

/** A Diffie-Hellman group as PEM. */
export function dhParameters({ prime = standard.getPrime(), label = 'DH PARAMETERS' }: Group = {}): string {
  const numbers = [prime, standard.getGenerator(), ...(label === 'DH PARAMETERS' ? [] : [order(prime)])];
  return pem(label, der(0x30, Buffer.concat(numbers.map(derInteger))));
}

const standard = getDiffieHellman('modp14');

/** Half of what is one less than a safe prime. */
function order(prime: Buffer): Buffer {
  const half = (BigInt(`0x${prime.toString('hex')}`) - 1n) / 2n;
  return Buffer.from(half.toString(16).padStart(prime.length * 2, '0'), 'hex');
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
