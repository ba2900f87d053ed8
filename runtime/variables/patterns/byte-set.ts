/** Sets of the 256 characters of a text of one character a byte, as eight words of 32 bits. */

export type ByteSet = Uint32Array;

export const byteCount = 256;

export function emptySet(): ByteSet {
  return new Uint32Array(byteCount / 32);
}

export function addRange(set: ByteSet, from: number, to: number): void {
  for (let byte = from; byte <= to; byte++) set[byte >> 5] = (set[byte >> 5] ?? 0) | (1 << (byte & 31));
}

/** The set of all characters in a text of pairs: `azAZ` is `a` to `z` and `A` to `Z`. */
export function setOfRanges(pairs: string): ByteSet {
  const set = emptySet();
  for (let at = 0; at < pairs.length; at += 2) addRange(set, pairs.charCodeAt(at), pairs.charCodeAt(at + 1));
  return set;
}

export function hasByte(set: ByteSet, byte: number): boolean {
  return ((set[byte >> 5] ?? 0) & (1 << (byte & 31))) !== 0;
}

/** Adds what is in the second set to the first. */
export function addAll(set: ByteSet, other: ByteSet): void {
  for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) | (other[word] ?? 0);
}

export function complement(set: ByteSet): ByteSet {
  return set.map((word) => ~word);
}

export function overlap(one: ByteSet, other: ByteSet): boolean {
  return one.some((word, at) => (word & (other[at] ?? 0)) !== 0);
}

/** First and last of each run of characters. */
export function rangesOf(set: ByteSet): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  for (let byte = 0; byte < byteCount; byte++) {
    if (!hasByte(set, byte)) continue;
    const last = ranges.at(-1);
    if (last?.[1] === byte - 1) last[1] = byte;
    else ranges.push([byte, byte]);
  }
  return ranges;
}
