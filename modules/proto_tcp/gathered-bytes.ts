const nothing = Buffer.alloc(0);
const smallest = 1024;

/** Bytes that came in pieces, copied into one buffer that grows by doubling, so that many small pieces cost little. */
export class GatheredBytes {
  #buffer = nothing;
  size = 0;

  /** Copies the chunk from `start` on. */
  add(chunk: Buffer, start: number): void {
    const needed = this.size + chunk.length - start;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2, smallest));
      this.#buffer.copy(larger, 0, 0, this.size);
      this.#buffer = larger;
    }
    chunk.copy(this.#buffer, this.size, start);
    this.size = needed;
  }

  /** What was gathered and the chunk's bytes from `start` to `end`, one character a byte; nothing is left here. */
  take(chunk: Buffer, start: number, end: number): string {
    const rest = chunk.toString('latin1', start, end);
    if (this.size === 0) return rest;
    const text = this.#buffer.toString('latin1', 0, this.size) + rest;
    this.#buffer = nothing;
    this.size = 0;
    return text;
  }
}
