import { Refusal } from './refusals.ts';

const CR = 13;
const LF = 10;
/** So many reads are kept apart before they are joined: each of them costs far more than a byte. */
const MAX_CHUNKS = 64;

/** Gathers a stream that is cut anywhere up to the empty line that ends an HTTP head, and what comes behind. */
export class HeadCollector {
  readonly #maxSize: number;
  readonly #param: string;
  #chunks: Buffer[] = [];
  #size = 0;
  #headSize = 0;
  #previous = 0;
  #lineLength = 0;

  /** `maxSize`: bytes that the head may have; `param`: the parameter that says so. */
  constructor(maxSize: number, param: string) {
    this.#maxSize = maxSize;
    this.#param = param;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** Bytes of the head with its empty line; 0 while its end has not come. */
  get headSize(): number {
    return this.#headSize;
  }

  /** The lines of the head, without the empty one, once it is whole. One character a byte. */
  get head(): string {
    return this.bytes().toString('latin1', 0, this.#headSize - 4);
  }

  /** Takes the next bytes. Errors: Refusal. */
  push(data: Buffer): void {
    const before = this.#size;
    this.#chunks.push(data);
    this.#size += data.length;
    if (this.#chunks.length > MAX_CHUNKS) this.bytes();
    if (this.#headSize === 0) this.#headSize = this.#findEnd(data, before);
  }

  /** All that has come. */
  bytes(): Buffer {
    const first = this.#chunks[0];
    if (first && this.#chunks.length === 1) return first;
    const all = Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [all];
    return all;
  }

  #findEnd(data: Buffer, before: number): number {
    for (let at = 0; at < data.length; at++) {
      if (before + at >= this.#maxSize) throw tooLarge(this.#param);
      const byte = data[at] ?? 0;
      if (byte === LF) {
        if (this.#previous !== CR) throw new Refusal('line-end', 'invalid first line: cannot find CR');
        // Only the CR stands on an empty line.
        if (this.#lineLength === 1) return before + at + 1;
        this.#lineLength = 0;
      } else this.#lineLength++;
      this.#previous = byte;
    }
    return 0;
  }
}

export function tooLarge(param: string): Refusal {
  return new Refusal('head-size', `the HTTP head is larger than ${param}`);
}
