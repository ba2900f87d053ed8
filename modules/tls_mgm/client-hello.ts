/** What the first message of a TLS client says of itself. RFC 8446 §4.1.2. */
export interface ClientHello {
  /** The host name of its server_name extension (RFC 6066 §3). */
  readonly serverName: string | undefined;
  /** The versions that it offers, the newest first. */
  readonly versions: readonly string[];
  /** How many cipher suites it offers. */
  readonly cipherCount: number;
}

/** `more`: it is not whole yet. `foreign`: it is no TLS. */
export type HelloReading = ClientHello | 'more' | 'foreign';

const HANDSHAKE_RECORD = 22;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const SUPPORTED_VERSIONS = 43;
const RECORD_HEAD = 5;
const MESSAGE_HEAD = 4;

const versionNames: Readonly<Record<number, string>> = {
  768: 'SSLv3',
  769: 'TLSv1',
  770: 'TLSv1.1',
  771: 'TLSv1.2',
  772: 'TLSv1.3',
};

/** Reads a ClientHello from the first bytes of a stream; it may come in several records. */
export function readClientHello(bytes: Buffer): HelloReading {
  if (bytes.length === 0) return 'more';
  if (bytes[0] !== HANDSHAKE_RECORD || (bytes.length > 1 && bytes[1] !== 3)) return 'foreign';
  const message = handshakeBytes(bytes);
  if (message === 'foreign') return 'foreign';
  if (message.length >= 1 && message[0] !== CLIENT_HELLO) return 'foreign';
  if (message.length < MESSAGE_HEAD) return 'more';
  const length = message.readUIntBE(1, 3);
  if (message.length < MESSAGE_HEAD + length) return 'more';
  try {
    return parse(message.subarray(MESSAGE_HEAD, MESSAGE_HEAD + length));
  } catch (error) {
    if (error instanceof RangeError) return 'foreign';
    throw error;
  }
}

/** The contents of the records that have come, joined. */
function handshakeBytes(bytes: Buffer): Buffer | 'foreign' {
  const parts: Buffer[] = [];
  let at = 0;
  while (bytes.length - at >= RECORD_HEAD) {
    if (bytes[at] !== HANDSHAKE_RECORD) return parts.length === 0 ? 'foreign' : Buffer.concat(parts);
    const end = at + RECORD_HEAD + bytes.readUInt16BE(at + 3);
    parts.push(bytes.subarray(at + RECORD_HEAD, Math.min(end, bytes.length)));
    at = end;
  }
  const [only] = parts;
  return only && parts.length === 1 ? only : Buffer.concat(parts);
}

/** Errors: RangeError where a length leads beyond the end. */
function parse(body: Buffer): ClientHello {
  const legacyVersion = body.readUInt16BE(0);
  let at = 34;
  at += 1 + body.readUInt8(at);
  const cipherBytes = body.readUInt16BE(at);
  at += 2 + cipherBytes;
  at += 1 + body.readUInt8(at);
  const hello = {
    serverName: undefined,
    versions: [versionName(legacyVersion)],
    cipherCount: cipherBytes / 2,
  };
  if (at === body.length) return hello;
  const extensions = within(body, at + 2, body.readUInt16BE(at));
  return { ...hello, ...readExtensions(extensions) };
}

function readExtensions(bytes: Buffer): Partial<ClientHello> {
  let found: Partial<ClientHello> = {};
  for (let at = 0; at < bytes.length; ) {
    const type = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    const data = within(bytes, at + 4, length);
    if (type === SERVER_NAME && length > 0) found = { ...found, serverName: hostName(data) };
    if (type === SUPPORTED_VERSIONS && length > 0) found = { ...found, versions: offeredVersions(data) };
    at += 4 + length;
  }
  return found;
}

/** RFC 6066 §3: a list of names, of which only those of type 0 exist. */
function hostName(data: Buffer): string | undefined {
  if (data.readUInt8(2) !== 0) return undefined;
  const length = data.readUInt16BE(3);
  return length === 0 ? undefined : within(data, 5, length).toString('latin1');
}

/** Errors: RangeError where there are not so many bytes. */
function within(bytes: Buffer, at: number, length: number): Buffer {
  if (at + length > bytes.length) throw new RangeError('a length leads beyond the end');
  return bytes.subarray(at, at + length);
}

function offeredVersions(data: Buffer): string[] {
  const names: string[] = [];
  for (let at = 1; at + 1 < data.length; at += 2) {
    const version = data.readUInt16BE(at);
    if (Object.hasOwn(versionNames, version)) names.push(versionName(version));
  }
  return names;
}

function versionName(version: number): string {
  return versionNames[version] ?? `0x${version.toString(16)}`;
}
