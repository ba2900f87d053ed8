import { headerValues, parseRequestHead, type RequestHead } from './http-head.ts';
import { Refusal } from './refusals.ts';

const CR = 13;
const LF = 10;
/** So many reads are kept apart before they are joined: each of them costs far more than a byte. */
const MAX_CHUNKS = 64;
const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;

/** What a request reader has found: the head, and the bytes that came behind the request. */
export interface ReadRequest {
  readonly head: RequestHead;
  readonly rest: Buffer;
}

/**
 * Reads one HTTP request from a stream that is cut anywhere. Empty lines before it are skipped (RFC 9112
 * §2.2); a body announced by Content-Length is read and dropped.
 */
export class HeadReader {
  readonly #maxSize: number;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes that make the head with its empty line; 0 while its end has not come. */
  #headSize = 0;
  #bodySize = 0;
  #head: RequestHead | undefined;
  #started = false;
  #previous = 0;
  #lineLength = 0;

  /** `maxSize`: bytes of head and body together, each for itself. */
  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** Takes the next bytes; answers once, when the request is whole. Errors: Refusal. */
  push(chunk: Buffer): ReadRequest | undefined {
    const data = this.#started ? chunk : this.#skipEmptyLines(chunk);
    if (data.length === 0) return undefined;
    const before = this.#size;
    this.#chunks.push(data);
    this.#size += data.length;
    if (this.#chunks.length > MAX_CHUNKS) this.#bytes();
    if (!this.#head && !this.#findEnd(data, before)) return undefined;
    return this.#finish();
  }

  #skipEmptyLines(chunk: Buffer): Buffer {
    let start = 0;
    while (start < chunk.length && (chunk[start] === CR || chunk[start] === LF)) start++;
    this.#lineLength += start;
    if (this.#lineLength > this.#maxSize) throw tooLarge();
    if (start === chunk.length) return chunk.subarray(start);
    // What is no letter of a method is not HTTP (a TLS ClientHello begins with 0x16): no need to wait for a line.
    if (!TOKEN.test(String.fromCharCode(chunk[start] ?? 0))) {
      throw new Refusal('request-line', 'cannot parse the first line of the message');
    }
    this.#started = true;
    this.#lineLength = 0;
    return chunk.subarray(start);
  }

  #findEnd(data: Buffer, before: number): boolean {
    for (let at = 0; at < data.length; at++) {
      if (before + at >= this.#maxSize) throw tooLarge();
      const byte = data[at] ?? 0;
      if (byte === LF) {
        if (this.#previous !== CR) throw new Refusal('line-end', 'invalid first line: cannot find CR');
        // Only the CR stands on an empty line.
        if (this.#lineLength === 1) return this.#parse(before + at + 1);
        this.#lineLength = 0;
      } else this.#lineLength++;
      this.#previous = byte;
    }
    return false;
  }

  #parse(headSize: number): true {
    this.#headSize = headSize;
    const text = this.#bytes().toString('latin1', 0, headSize - 4);
    this.#head = parseRequestHead(text);
    this.#bodySize = bodySize(this.#head, this.#maxSize);
    return true;
  }

  #finish(): ReadRequest | undefined {
    const end = this.#headSize + this.#bodySize;
    if (!this.#head || this.#size < end) return undefined;
    return { head: this.#head, rest: this.#bytes().subarray(end) };
  }

  #bytes(): Buffer {
    const first = this.#chunks[0];
    if (first && this.#chunks.length === 1) return first;
    const all = Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [all];
    return all;
  }
}

function tooLarge(): Refusal {
  return new Refusal('head-size', 'the upgrade request is larger than ws_max_request_size');
}

/** RFC 9112 §6: a body behind a GET is possible, though it means nothing here. */
function bodySize(head: RequestHead, maxSize: number): number {
  const lengths = new Set(headerValues(head, 'content-length'));
  const encoded = headerValues(head, 'transfer-encoding').length > 0;
  if (lengths.size === 0 && !encoded) return 0;
  const [length = ''] = lengths;
  if (encoded || lengths.size > 1 || !/^\d{1,15}$/.test(length)) {
    throw new Refusal('content-length', `bad Content-Length header value <${length}>`);
  }
  if (Number(length) > maxSize) {
    throw new Refusal('body-size', `Content-Length value ${length} bigger than the reading buffer`);
  }
  return Number(length);
}
