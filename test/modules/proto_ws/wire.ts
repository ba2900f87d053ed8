import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** A frame as a client writes it, RFC 6455 §5.2: masked unless asked otherwise. */
export interface FrameParts {
  readonly opcode: number;
  readonly payload?: Buffer | string;
  readonly fin?: boolean;
  readonly rsv?: number;
  readonly masked?: boolean;
  readonly mask?: readonly [number, number, number, number];
  /** How the length is coded: 7, 16 or 64 bits; the shortest by default. */
  readonly lengthBits?: 7 | 16 | 64;
  /** What the length field says, where it lies. */
  readonly declaredLength?: bigint;
}

export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

export function frame(parts: FrameParts): Buffer {
  const payload = Buffer.from(parts.payload ?? '');
  const length = parts.declaredLength ?? BigInt(payload.length);
  const bits = parts.lengthBits ?? (length < 126n ? 7 : length < 65536n ? 16 : 64);
  const masked = parts.masked ?? true;
  const first = (parts.fin === false ? 0 : 0x80) | ((parts.rsv ?? 0) << 4) | parts.opcode;
  const short = bits === 7 ? Number(length) : bits === 16 ? 126 : 127;
  const header = [Buffer.from([first, (masked ? 0x80 : 0) | short]), extendedLength(length, bits)];
  if (!masked) return Buffer.concat([...header, payload]);
  const mask = Buffer.from(parts.mask ?? [0x11, 0x22, 0x33, 0x44]);
  return Buffer.concat([...header, mask, payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

function extendedLength(length: bigint, bits: 7 | 16 | 64): Buffer {
  const bytes = Buffer.alloc(bits === 7 ? 0 : bits / 8);
  if (bits === 16) bytes.writeUInt16BE(Number(length));
  if (bits === 64) bytes.writeBigUInt64BE(length);
  return bytes;
}

export function closeFrame(
  code: number,
  reason: Buffer | string = '',
  more: Partial<FrameParts> = {},
): Buffer {
  const status = Buffer.alloc(2);
  status.writeUInt16BE(code);
  return frame({ opcode: CLOSE, payload: Buffer.concat([status, Buffer.from(reason)]), ...more });
}

/** What a server sent, one word a frame: `text:5`, `pong:4`, `close:1002`; `fin` when it ended. */
export interface Received {
  readonly opcode: number;
  /** Without its mask. */
  readonly payload: Buffer;
  readonly masked: boolean;
}

/** Collects a socket's bytes; resolves what is asked of them as soon as it is there. */
export class WireReader {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      this.#wake?.();
    });
    const end = () => {
      this.#ended = true;
      this.#wake?.();
    };
    socket.on('end', end).on('close', end).on('error', end);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The head of an HTTP answer with its body, or what there is when the stream ends. */
  async head(): Promise<string> {
    for (;;) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      if (end >= 0) return this.#take(end + 4).toString('latin1');
      if (this.#ended) return this.#take(this.#bytes.length).toString('latin1');
      await this.#more();
    }
  }

  /** Everything until the end of the stream. */
  async rest(): Promise<Buffer> {
    while (!this.#ended) await this.#more();
    return this.#take(this.#bytes.length);
  }

  /** The next frame; undefined where the stream ends first. */
  async frame(): Promise<Received | undefined> {
    for (;;) {
      const received = this.#parse();
      if (received) return received;
      if (this.#ended) return undefined;
      await this.#more();
    }
  }

  #parse(): Received | undefined {
    const bytes = this.#bytes;
    if (bytes.length < 2) return undefined;
    const short = (bytes[1] ?? 0) & 0x7f;
    const offset = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < offset) return undefined;
    const length =
      short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    const masked = (bytes[1] ?? 0) > 0x7f;
    const start = offset + (masked ? 4 : 0);
    if (bytes.length < start + length) return undefined;
    const whole = this.#take(start + length);
    const mask = whole.subarray(offset, start);
    const payload = whole.subarray(start).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
    return { opcode: (whole[0] ?? 0) & 0x0f, payload: Buffer.from(payload), masked };
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

export const sampleKey = 'dGhlIHNhbXBsZSBub25jZQ==';

/** The good upgrade request of RFC 6455 §1.3 with the subprotocol of RFC 7118. */
export const goodRequest = [
  'GET / HTTP/1.1',
  'Host: 127.0.0.1',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Key: ${sampleKey}`,
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Protocol: sip',
] as const;

export function requestText(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Upgrades a fresh socket and reads the 101. */
export async function upgraded(socket: Socket): Promise<WireReader> {
  const reader = new WireReader(socket);
  socket.write(requestText(goodRequest));
  await reader.head();
  return reader;
}

/** The good answer to an upgrade request. */
export function goodAnswer(request: string): readonly string[] {
  const key = /^Sec-WebSocket-Key: (.*)$/m.exec(request)?.[1] ?? '';
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Protocol: sip',
    `Sec-WebSocket-Accept: ${accept}`,
  ];
}

/** A server of streams on loopback that a test plays itself. */
export interface RawServer {
  readonly port: number;
  /** The next stream that connects. */
  accepted(): Promise<WireReader>;
  close(): Promise<void>;
}

export function openRawServer(address = '127.0.0.1'): Promise<RawServer> {
  return rawServer(createServer(), 'connection', address);
}

/** `event`: the one that brings a stream to talk on. */
export async function rawServer(
  server: Server,
  event: 'connection' | 'secureConnection',
  address = '127.0.0.1',
): Promise<RawServer> {
  server.listen(0, address);
  await once(server, 'listening');
  const bound = server.address();
  const open = new Set<Socket>();
  const waiting: WireReader[] = [];
  let wake: (() => void) | undefined;
  server.on(event, (socket: Socket) => {
    open.add(socket);
    socket.setNoDelay(true);
    waiting.push(new WireReader(socket));
    wake?.();
  });
  return {
    port: typeof bound === 'object' ? (bound?.port ?? 0) : 0,
    async accepted() {
      for (;;) {
        const reader = waiting.shift();
        if (reader) return reader;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
