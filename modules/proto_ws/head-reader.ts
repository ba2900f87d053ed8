import { HeadCollector, tooLarge } from './head-collector.ts';
import { headerValues, parseRequestHead, type RequestHead } from './http-head.ts';
import { Refusal } from './refusals.ts';

const CR = 13;
const LF = 10;
const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/;

/** What a request reader has found. */
export interface ReadRequest {
  readonly head: RequestHead;
  /** The bytes of the head with its empty line; a view of what was read. */
  readonly bytes: Buffer;
  /** The bytes that came behind the request. */
  readonly rest: Buffer;
}

/**
 * Reads one HTTP request from a stream that is cut anywhere. Empty lines before it are skipped (RFC 9112
 * §2.2); a body announced by Content-Length is read and dropped.
 */
export class HeadReader {
  readonly #maxSize: number;
  readonly #param: string;
  readonly #collector: HeadCollector;
  #bodySize = 0;
  #head: RequestHead | undefined;
  #skipped = 0;

  /** `maxSize`: bytes of head and body, each for itself; `param`: the parameter that says so. */
  constructor(maxSize: number, param: string) {
    this.#maxSize = maxSize;
    this.#param = param;
    this.#collector = new HeadCollector(maxSize, param);
  }

  /** Takes the next bytes; answers once, when the request is whole. Errors: Refusal. */
  push(chunk: Buffer): ReadRequest | undefined {
    const data = this.#collector.size > 0 ? chunk : this.#skipEmptyLines(chunk);
    if (data.length === 0) return undefined;
    this.#collector.push(data);
    if (this.#collector.headSize === 0) return undefined;
    this.#head ??= this.#parse();
    return this.#finish(this.#head);
  }

  #skipEmptyLines(chunk: Buffer): Buffer {
    let start = 0;
    while (start < chunk.length && (chunk[start] === CR || chunk[start] === LF)) start++;
    this.#skipped += start;
    if (this.#skipped > this.#maxSize) throw tooLarge(this.#param);
    if (start === chunk.length) return chunk.subarray(start);
    // What is no letter of a method is not HTTP (a TLS ClientHello begins with 0x16): no need to wait for a line.
    if (!TOKEN.test(String.fromCharCode(chunk[start] ?? 0))) {
      throw new Refusal('request-line', 'cannot parse the first line of the message');
    }
    return chunk.subarray(start);
  }

  #parse(): RequestHead {
    const head = parseRequestHead(this.#collector.head);
    this.#bodySize = bodySize(head, this.#maxSize);
    return head;
  }

  #finish(head: RequestHead): ReadRequest | undefined {
    const { headSize, size } = this.#collector;
    const end = headSize + this.#bodySize;
    if (size < end) return undefined;
    const bytes = this.#collector.bytes();
    return { head, bytes: bytes.subarray(0, headSize), rest: bytes.subarray(end) };
  }
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
