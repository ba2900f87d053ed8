/**
 * Contact ids as OpenSIPS makes them, so that a database may be used by either: 16 bits of the hash of the AoR, 32 bits
 * that tell AoRs of the same hash apart, 14 bits that count its contacts.
 */

const contactBits = 14;
const recordBits = 32;
const contactMask = (1 << contactBits) - 1;

export interface ContactIdParts {
  /** The lower 16 bits of the hash. */
  readonly hash: number;
  readonly record: number;
  readonly contact: number;
}

/** C: core_hash, 32 bits. Bytes count as signed. */
export function hashOf(text: string): number {
  let hash = 0;
  let at = 0;
  for (; at + 4 <= text.length; at += 4) {
    const word =
      (byte(text, at) << 24) + (byte(text, at + 1) << 16) + (byte(text, at + 2) << 8) + byte(text, at + 3);
    hash = mixed(hash, word);
  }
  let rest = 0;
  for (; at < text.length; at++) rest = ((rest << 8) + byte(text, at)) | 0;
  hash = mixed(hash, rest);
  return (hash + (hash >>> 11) + ((hash >>> 13) + (hash >>> 23))) >>> 0;
}

function byte(text: string, at: number): number {
  return (text.charCodeAt(at) << 24) >> 24;
}

function mixed(hash: number, word: number): number {
  return (hash + (word ^ (word >>> 3))) >>> 0;
}

export function packId({ hash, record, contact }: ContactIdParts): string {
  const high = BigInt(hash & 0xffff) << BigInt(contactBits + recordBits);
  const middle = BigInt(record >>> 0) << BigInt(contactBits);
  return String(high + middle + BigInt(contact & contactMask));
}

/** Undefined for what is no number. */
export function unpackId(id: string): ContactIdParts | undefined {
  if (!/^\d{1,20}$/.test(id)) return undefined;
  const value = BigInt(id);
  return {
    hash: Number((value >> BigInt(contactBits + recordBits)) & 0xffffn),
    record: Number((value >> BigInt(contactBits)) & 0xffffffffn),
    contact: Number(value & BigInt(contactMask)),
  };
}

export function nextContactLabel(label: number): number {
  return (label + 1) & contactMask;
}

/** Numbers begin anywhere, so that they differ from those before a restart. */
export function randomLabel(): number {
  return Math.floor(Math.random() * 0x7fffffff);
}
