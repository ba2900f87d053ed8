/**
 * Nonces in the form of OpenSIPS 3.2 and newer, so that hosts of both kinds with the same secret understand each other's:
 * 16 random bytes, then what the nonce says XORed with them, both enciphered by AES-256 as single blocks; a zero; base64.
 */

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 16;
const CIPHER = 'aes-256-ecb';
export const KEY_BYTES = 32;

/** What a nonce says to the host that made it. */
export interface NonceFacts {
  /** Its number among those of its host; 0 where nonces are not counted. */
  readonly index: number;
  /** As numbers of OpenSIPS, see challenge-words.ts. */
  readonly qop: number;
  readonly algorithm: number;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

export interface NonceMaker {
  make(facts: NonceFacts): string;
  /** Undefined for a nonce that no host with this secret has made. */
  read(nonce: string): NonceFacts | undefined;
}

/** Without a secret, one by chance. A secret that is no key of AES-256, as those of 2.x, is made one by SHA-256. */
export function createNonceMaker(secret: string | undefined): NonceMaker {
  const key = keyOf(secret);
  return {
    make(facts) {
      const chance = randomBytes(BLOCK);
      const cipher = createCipheriv(CIPHER, key, null).setAutoPadding(false);
      const said = xor(write(facts), chance);
      return Buffer.concat([cipher.update(chance), cipher.update(said), Buffer.of(0)]).toString('base64');
    },
    read(nonce) {
      const bytes = Buffer.from(nonce, 'base64');
      if (bytes.length !== 2 * BLOCK + 1 || bytes[2 * BLOCK] !== 0) return undefined;
      if (bytes.toString('base64') !== nonce) return undefined;
      const decipher = createDecipheriv(CIPHER, key, null).setAutoPadding(false);
      const plain = decipher.update(bytes.subarray(0, 2 * BLOCK));
      return readFacts(xor(plain.subarray(BLOCK), plain.subarray(0, BLOCK)));
    },
  };
}

function keyOf(secret: string | undefined): Uint8Array {
  if (secret === undefined) return randomBytes(KEY_BYTES);
  const bytes = Buffer.from(secret, 'latin1');
  return bytes.length === KEY_BYTES ? bytes : createHash('sha256').update(bytes).digest();
}

function xor(one: Uint8Array, other: Uint8Array): Buffer {
  return Buffer.from(one.map((byte, at) => byte ^ (other[at] ?? 0)));
}

/** Bits, from the lowest: index 32; qop 3, algorithm 3, seconds 34, microseconds 20, 4 of 0; 32 of 0. */
function write({ index, qop, algorithm, expires }: NonceFacts): Buffer {
  const block = Buffer.alloc(BLOCK);
  const seconds = BigInt(Math.floor(expires / 1000));
  const micros = BigInt(Math.floor((expires % 1000) * 1000));
  block.writeInt32LE(index, 0);
  block.writeBigUInt64LE(BigInt(qop) | (BigInt(algorithm) << 3n) | (seconds << 6n) | (micros << 40n), 4);
  return block;
}

function readFacts(block: Buffer): NonceFacts | undefined {
  const bits = block.readBigUInt64LE(4);
  const micros = Number((bits >> 40n) & 0xfffffn);
  const rest = block.readUInt32LE(12);
  if (rest !== 0 || bits >> 60n !== 0n || micros >= 1_000_000) return undefined;
  return {
    index: block.readInt32LE(0),
    qop: Number(bits & 7n),
    algorithm: Number((bits >> 3n) & 7n),
    expires: Number((bits >> 6n) & 0x3_ffff_ffffn) * 1000 + micros / 1000,
  };
}
