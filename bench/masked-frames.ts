import { digits, type MessageParts, numbered } from './messages.ts';

const key = [0x37, 0xfa, 0x21, 0x3d];

/** Frames of one message whose number counts up, masked as those of clients are (RFC 6455 §5.3), made ahead. */
export class MaskedFrames {
  readonly #frame: Buffer;
  readonly #numberAt: number;
  readonly #payloadAt: number;

  constructor(parts: MessageParts) {
    const payload = Buffer.from(numbered(parts, 0), 'latin1');
    const head =
      payload.length < 126
        ? [0x81, 0x80 | payload.length]
        : [0x81, 0xfe, payload.length >> 8, payload.length & 255];
    this.#frame = Buffer.concat([
      Buffer.from([...head, ...key]),
      payload.map((byte, at) => byte ^ (key[at % 4] ?? 0)),
    ]);
    this.#payloadAt = head.length + key.length;
    this.#numberAt = parts.head.length;
  }

  /** So many, with the numbers from `first` on, one behind the other. */
  from(first: number, count: number): Buffer {
    const { length } = this.#frame;
    const frames = Buffer.allocUnsafe(count * length);
    for (let at = 0; at < count; at++) {
      this.#frame.copy(frames, at * length);
      this.#putNumber(frames, at * length + this.#payloadAt, first + at);
    }
    return frames;
  }

  #putNumber(frames: Buffer, payload: number, number: number): void {
    const text = digits(number);
    for (let at = 0; at < text.length; at++) {
      const place = this.#numberAt + at;
      frames[payload + place] = text.charCodeAt(at) ^ (key[place % 4] ?? 0);
    }
  }
}
