/** A payload length with its top bit set, which RFC 6455 §5.2 forbids. */
export const INVALID_LENGTH = -1;

/**
 * Follows the boundaries of WebSocket frames through a stream that is cut anywhere, without looking at
 * payloads. It tells what the receiver does not: whether a read left a frame unfinished. RFC 6455 §5.2.
 */
export class FrameTracker {
  /** Bytes of the current header that have come, and how many it has as far as is known. */
  #headerLength = 0;
  #headerNeeded = 2;
  #masked = false;
  #payloadLeft = 0;
  #fragments = 0;
  #isControl = false;
  #isFinal = true;
  /** The last data frame said that more fragments follow. */
  #inMessage = false;
  /** Whole messages so far. */
  messages = 0;

  /** A frame has begun and is not whole. */
  get unfinished(): boolean {
    return this.#headerLength > 0;
  }

  /** A message has begun, or a frame, that is not whole. */
  get messageUnfinished(): boolean {
    return this.#inMessage || this.unfinished;
  }

  /** How many frames have begun since the last call that are only a part of a message. */
  takeFragments(): number {
    const fragments = this.#fragments;
    this.#fragments = 0;
    return fragments;
  }

  /** Takes the next bytes; answers how many frames they completed, or INVALID_LENGTH. */
  push(chunk: Buffer): number {
    let completed = 0;
    let at = 0;
    while (at < chunk.length) {
      while (this.#headerLength < this.#headerNeeded) {
        if (at === chunk.length) return completed;
        if (!this.#takeHeaderByte(chunk[at++] ?? 0)) return INVALID_LENGTH;
      }
      const taken = Math.min(this.#payloadLeft, chunk.length - at);
      at += taken;
      this.#payloadLeft -= taken;
      if (this.#payloadLeft > 0) return completed;
      completed++;
      this.#onWholeFrame();
      this.#headerLength = 0;
      this.#headerNeeded = 2;
    }
    return completed;
  }

  #onWholeFrame(): void {
    if (this.#isControl) return;
    this.#inMessage = !this.#isFinal;
    if (this.#isFinal) this.messages++;
  }

  /** False where the length's top bit is set. */
  #takeHeaderByte(byte: number): boolean {
    const position = this.#headerLength++;
    if (position === 0) {
      this.#isFinal = byte > 0x7f;
      this.#isControl = (byte & 0x08) !== 0;
      // A continuation, or a frame without FIN.
      if ((byte & 0x0f) === 0 || byte < 0x80) this.#fragments++;
      return true;
    }
    if (position === 1) {
      this.#takeLength(byte);
      return true;
    }
    if (position === 2 && this.#headerNeeded >= 10 && byte > 0x7f) return false;
    const lengthEnd = this.#headerNeeded - (this.#masked ? 4 : 0);
    if (position < lengthEnd) this.#payloadLeft = this.#payloadLeft * 256 + byte;
    return true;
  }

  #takeLength(byte: number): void {
    const short = byte & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    this.#masked = byte > 0x7f;
    this.#headerNeeded = 2 + extended + (this.#masked ? 4 : 0);
    this.#payloadLeft = extended === 0 ? short : 0;
  }
}
