import { canonicalAddress, familyOf } from './addresses.ts';

/** One end of a connection. */
export interface Endpoint {
  /** In the spelling in which Node tells addresses. */
  readonly address: string;
  readonly port: number;
}

/** What a reader has found. */
export interface ReadProxyHeader {
  /** Undefined where there was no header, or one that names no client. */
  readonly peer: Endpoint | undefined;
  /** The bytes behind it. */
  readonly rest: Buffer;
}

/** In front of an IPv4 address that IPv6 carries (RFC 4291 §2.5.5.2). */
const carrier = '::ffff:';
const textMark = Buffer.from('PROXY ');
/** The longest header in text, with its line end. */
const longestText = 107;
const binaryMark = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
/** Bytes in front of the addresses: mark, version and command, family, length. */
const binaryHead = 16;
/** Of a header in binary form; it can hold more than addresses. */
const longestBinary = 4096;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, that a balancer puts in front of a stream that is cut
 * anywhere. As in OpenSIPS a stream without one passes: neither SIP nor HTTP nor TLS begins with such bytes.
 * Source: haproxy.org, proxy-protocol.txt, §2.
 */
export class ProxyHeaderReader {
  #bytes = Buffer.alloc(0);

  /** Takes the next bytes; answers once, when it is clear what there is. Errors: ProxyHeaderError. */
  push(chunk: Buffer): ReadProxyHeader | undefined {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    if (beginsLike(this.#bytes, textMark)) return this.#readText();
    if (beginsLike(this.#bytes, binaryMark)) return this.#readBinary();
    return { peer: undefined, rest: this.#bytes };
  }

  /** `PROXY TCP4 192.0.2.1 192.0.2.2 56324 443`, §2.1. */
  #readText(): ReadProxyHeader | undefined {
    const end = this.#bytes.subarray(0, longestText).indexOf('\r\n');
    if (end < 0) {
      if (this.#bytes.length >= longestText) throw malformed();
      return undefined;
    }
    const [, family, source = '', destination = '', port = '', ...more] = this.#bytes
      .toString('latin1', 0, end)
      .split(' ');
    const rest = this.#bytes.subarray(end + 2);
    if (family === 'UNKNOWN') return { peer: undefined, rest };
    const version = family === 'TCP4' ? 4 : family === 'TCP6' ? 6 : 0;
    if (version === 0 || familyOf(source) !== version || familyOf(destination) !== version) throw malformed();
    if (more.length !== 1 || !isPort(port) || !isPort(more[0] ?? '')) throw malformed();
    return { peer: { address: spelt(source), port: Number(port) }, rest };
  }

  /** §2.2. */
  #readBinary(): ReadProxyHeader | undefined {
    if (this.#bytes.length < binaryHead) return undefined;
    const length = this.#bytes.readUInt16BE(14);
    if (length > longestBinary) throw malformed();
    const end = binaryHead + length;
    if (this.#bytes.length < end) return undefined;
    return { peer: binaryPeer(this.#bytes.subarray(12, end)), rest: this.#bytes.subarray(end) };
  }
}

/** Whether the bytes begin with the mark, as far as they have come. */
function beginsLike(bytes: Buffer, mark: Buffer): boolean {
  const length = Math.min(bytes.length, mark.length);
  return bytes.subarray(0, length).equals(mark.subarray(0, length));
}

/** From the byte of version and command on. */
function binaryPeer(header: Buffer): Endpoint | undefined {
  const command = header[0];
  // LOCAL: the balancer speaks for itself, as when it looks whether the server is well.
  if (command === 0x20) return undefined;
  if (command !== 0x21) throw malformed();
  const addresses = header.subarray(4);
  if (header[1] === 0x11) {
    if (addresses.length < 12) throw malformed();
    return { address: addresses.subarray(0, 4).join('.'), port: addresses.readUInt16BE(8) };
  }
  if (header[1] === 0x21) {
    if (addresses.length < 36) throw malformed();
    const groups = Array.from({ length: 8 }, (_, at) => addresses.readUInt16BE(at * 2).toString(16));
    return { address: spelt(groups.join(':')), port: addresses.readUInt16BE(32) };
  }
  return undefined;
}

/** In Node's spelling; an IPv4 address that IPv6 carries as IPv4. */
function spelt(address: string): string {
  const canonical = canonicalAddress(address);
  const carried = canonical.startsWith(carrier) ? canonical.slice(carrier.length) : '';
  return familyOf(carried) === 4 ? carried : canonical;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

function malformed(): ProxyHeaderError {
  return new ProxyHeaderError('could not parse proxy_protocol header');
}

/** A header in front of a stream that is none of the PROXY protocol. The message is OpenSIPS's own log text. */
export class ProxyHeaderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProxyHeaderError';
  }
}

/** The header, in text as OpenSIPS sends it, that tells of a connection from `source` to `destination`. §2.1. */
export function proxyHeader(source: Endpoint, destination: Endpoint): string {
  const family = familyOf(source.address);
  if (family === 0 || family !== familyOf(destination.address)) return 'PROXY UNKNOWN\r\n';
  const addresses = `${source.address} ${destination.address} ${source.port} ${destination.port}`;
  return `PROXY TCP${family} ${addresses}\r\n`;
}
