import { contentLength } from './content-length.ts';
import { FramingError } from './framing-error.ts';
import { GatheredBytes } from './gathered-bytes.ts';

/** What `next` answers for a keepalive of RFC 5626 §3.5.1. */
export const PING = '\r\n\r\n';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const nothing = Buffer.alloc(0);

export interface FramerSettings {
  /** Bytes of the longest message, head and body. */
  readonly maxSize: number;
  /** tcp_crlf_drop: a CRLF that ends a read is not the first half of a CRLFCRLF. */
  readonly forgetCrlf: boolean;
}

/**
 * Cuts a byte stream into SIP messages by their Content-Length, however the stream comes in pieces (RFC 3261 §18.3). It
 * knows no sockets. `push` takes a piece, then `next` gives what is whole until it answers undefined.
 */
export class MessageFramer {
  readonly #settings: FramerSettings;
  /** Of a message that came in more than one piece. */
  readonly #gathered = new GatheredBytes();
  #chunk: Buffer = nothing;
  /** Where in the chunk the next byte to look at stands. */
  #at = 0;
  #state: 'between' | 'head' | 'body' = 'between';
  /** How much of CRLFCRLF stands directly before `#at`. */
  #pingLength = 0;
  /** Bytes of the current line that came in earlier chunks, and whether the last of them was CR. */
  #lineLength = 0;
  #afterCr = false;
  #head = '';
  #bodyLength = 0;

  constructor(settings: FramerSettings) {
    this.#settings = settings;
  }

  /** A message has begun and is not whole. */
  get unfinished(): boolean {
    return this.#state !== 'between';
  }

  /** Takes the next bytes; everything before them must have been asked for. */
  push(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#at = 0;
  }

  /**
   * The next whole message (one character a byte), PING, or undefined where more bytes are needed. Errors:
   * FramingError; nothing more can be read then.
   */
  next(): string | undefined {
    if (this.#state === 'between') {
      if (this.#skipEmptyLines()) return PING;
      if (this.#state === 'between') return undefined;
    }
    if (this.#state === 'head' && !this.#readHead()) return undefined;
    return this.#readBody();
  }

  /** RFC 3261 §7.5: line ends in front of a message mean nothing. True at the end of a CRLFCRLF. */
  #skipEmptyLines(): boolean {
    const chunk = this.#chunk;
    for (; this.#at < chunk.length; this.#at++) {
      const byte = chunk[this.#at];
      if (byte === (this.#pingLength % 2 === 0 ? CR : LF)) {
        if (++this.#pingLength < PING.length) continue;
        this.#pingLength = 0;
        this.#at++;
        return true;
      }
      this.#pingLength = byte === CR ? 1 : 0;
      if (byte === CR || byte === LF || byte === SPACE || byte === TAB) continue;
      this.#state = 'head';
      return false;
    }
    if (this.#settings.forgetCrlf && this.#pingLength === 2) this.#pingLength = 0;
    return false;
  }

  /** To the empty line; an LF alone ends a line too, as in OpenSIPS. */
  #readHead(): boolean {
    const chunk = this.#chunk;
    const start = this.#at;
    for (let line = start; ; line = this.#at) {
      const end = chunk.indexOf(LF, line);
      if (end < 0) {
        this.#afterCr = chunk.length > line ? chunk[chunk.length - 1] === CR : this.#afterCr;
        this.#lineLength += chunk.length - line;
        this.#gather(start);
        return false;
      }
      const length = this.#lineLength + end - line;
      const isEmpty = length === 0 || (length === 1 && (end > line ? chunk[line] === CR : this.#afterCr));
      this.#at = end + 1;
      this.#lineLength = 0;
      if (isEmpty) break;
    }
    this.#head = this.#gathered.take(chunk, start, this.#at);
    this.#bodyLength = contentLength(this.#head);
    this.#checkSize(this.#head.length + this.#bodyLength);
    this.#state = 'body';
    return true;
  }

  #readBody(): string | undefined {
    const start = this.#at;
    const end = start + this.#bodyLength - this.#gathered.size;
    if (end > this.#chunk.length) {
      this.#gather(start);
      return undefined;
    }
    this.#at = end;
    this.#state = 'between';
    return this.#bodyLength === 0 ? this.#head : this.#head + this.#gathered.take(this.#chunk, start, end);
  }

  /** Keeps the rest of the chunk for when more has come. */
  #gather(start: number): void {
    const chunk = this.#chunk;
    this.#at = chunk.length;
    if (this.#state === 'head') this.#checkSize(this.#gathered.size + chunk.length - start);
    this.#gathered.add(chunk, start);
  }

  #checkSize(size: number): void {
    const { maxSize } = this.#settings;
    if (size > maxSize) throw new FramingError('size', `a message of more than ${maxSize} bytes`);
  }
}
