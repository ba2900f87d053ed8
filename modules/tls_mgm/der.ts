/** One value in DER (X.690): its tag byte, and what stands in it. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
}

/** The tag bytes that certificates use (X.680 8.4); `[n]` is a member by its place. */
export const derTag = {
  integer: 0x02,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
} as const;

/**
 * The values that stand one behind the other in these bytes: of a whole text, or of the content of a sequence or set.
 * Errors: RangeError where they are not DER, or where a value is longer than what is there.
 */
export function readDer(bytes: Buffer): readonly DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { start, end } = contentOf(bytes, at);
    values.push({ tag: bytes.readUInt8(at), content: bytes.subarray(start, end) });
    at = end;
  }
  return values;
}

/** The first value. Errors: RangeError where there is none. */
export function readOneDer(bytes: Buffer): DerValue {
  const [value] = readDer(bytes);
  if (!value) throw new RangeError('no value where one must stand');
  return value;
}

/** Where the content of the value at this place begins and ends (X.690 8.1.3). */
function contentOf(bytes: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = bytes.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first - 0x80;
  // No length at all is BER; more than four bytes would be more than any certificate has.
  if (first === 0x80 || lengthBytes > 4) throw new RangeError('a length that is not DER');
  const start = at + 2 + lengthBytes;
  const end = start + (lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes));
  if (end > bytes.length) throw new RangeError('a value ends behind its container');
  return { start, end };
}

/** The content of an INTEGER (X.690 8.3), which may be negative. */
export function derInteger(content: Buffer): bigint {
  if (content.length === 0) return 0n;
  return BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString('hex')}`));
}

/** The content of an OBJECT IDENTIFIER (X.690 8.19) with dots: `2.5.4.3`. */
export function derObjectIdentifier(content: Buffer): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [first = 0n, ...rest] = arcs;
  // The first two arcs share a number; the first is 0, 1 or 2.
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...rest].join('.');
}
