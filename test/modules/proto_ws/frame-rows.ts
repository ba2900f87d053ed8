import {
  BINARY,
  CLOSE,
  type FrameParts,
  PING,
  PONG,
  TEXT,
  closeFrame as wireCloseFrame,
  frame as wireFrame,
} from './wire.ts';

/** Bytes that a client sends after the upgrade, and what must come back. */
export interface FrameRow {
  readonly id: string;
  readonly name: string;
  /**
   * What comes back, in order: `reply`, `pong:LENGTH`, `crlf:text`, `crlf:binary`, `close:CODE`. Without a close at
   * its end the connection works on, which a last ping shows.
   */
  readonly back: readonly string[];
  /** One write each. */
  readonly writes: readonly Buffer[];
  /** Milliseconds between writes. */
  readonly wait?: number;
  /** The client ends its side behind them. */
  readonly ends?: boolean;
  readonly params?: Readonly<Record<string, number>>;
}

export function options(length = 0, body: string | Buffer = ''): Buffer {
  const data = Buffer.from(body);
  const head =
    'OPTIONS sip:a@b.example SIP/2.0\r\n' +
    'Via: SIP/2.0/WS c.invalid;branch=z9hG4bKx\r\n' +
    'From: <sip:c@c.invalid>;tag=1\r\nTo: <sip:a@b.example>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n' +
    `Max-Forwards: 70\r\nContent-Length: ${data.length}\r\n`;
  const padding = Math.max(length - head.length - data.length - 2 - 'X-Padding: \r\n'.length, 0);
  const line = length > 0 ? `X-Padding: ${'p'.repeat(padding)}\r\n` : '';
  return Buffer.concat([Buffer.from(`${head}${line}\r\n`), data]);
}

/** The side of a connection that the engine is on. */
export type Role = 'server' | 'client';

/**
 * RFC 6455 and 7118 as frames on the wire to an engine in that role; the numbers are those of the measured table.
 */
export function frameRows(role: Role): readonly FrameRow[] {
  const masked = role === 'server';
  const wrong = masked ? 'unmasked' : 'masked';
  const frame = (parts: FrameParts) => wireFrame({ masked, ...parts });
  const closeFrame = (code: number, reason?: Buffer | string) => wireCloseFrame(code, reason, { masked });
  const sip = options();
  const text = (payload: Buffer | string = sip, more: Partial<FrameParts> = {}) =>
    frame({ opcode: TEXT, payload, ...more });
  const binary = (payload: Buffer | string = sip, more: Partial<FrameParts> = {}) =>
    frame({ opcode: BINARY, payload, ...more });
  const ping = (payload: string, more: Partial<FrameParts> = {}) => frame({ opcode: PING, payload, ...more });
  const continuation = (payload: Buffer | string, more: Partial<FrameParts> = {}) =>
    frame({ opcode: 0, payload, ...more });

  /** One message in `count` frames. */
  function fragments(count: number, opcode: number, payload: Buffer = sip): Buffer[] {
    const size = Math.ceil(payload.length / count);
    return Array.from({ length: count }, (_, at) =>
      frame({
        opcode: at === 0 ? opcode : 0,
        payload: payload.subarray(at * size, (at + 1) * size),
        fin: at === count - 1,
      }),
    );
  }

  /** One message in `count` frames, of which only the last holds anything; one write. */
  function emptyFragments(count: number): Buffer[] {
    const inner = Array.from({ length: count - 2 }, () => continuation('', { fin: false }));
    return [Buffer.concat([text('', { fin: false }), ...inner, continuation(sip)])];
  }

  /** A buffer in `count` writes of about the same size. */
  function cut(bytes: Buffer, count: number): Buffer[] {
    const size = Math.ceil(bytes.length / count);
    const pieces = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
    return pieces.filter((piece) => piece.length > 0);
  }

  const together = (...frames: readonly Buffer[]) => [Buffer.concat(frames)];
  const repeated = (count: number, bytes: Buffer) => [
    Buffer.concat(Array.from({ length: count }, () => bytes)),
  ];
  const replies = (count: number) => Array.from({ length: count }, () => 'reply');
  const invalid = Buffer.from([0xc3, 0x28, 0xff]);
  const split = options(0, 'é');

  return [
    { id: 'F01', name: 'text frame', back: ['reply'], writes: [text()] },
    { id: 'F02', name: 'binary frame', back: ['reply'], writes: [binary()] },
    {
      id: 'F03',
      name: `${wrong} text frame`,
      back: ['close:1002'],
      writes: [text(sip, { masked: !masked })],
    },
    { id: 'F04', name: `${wrong} ping`, back: ['close:1002'], writes: [ping('x', { masked: !masked })] },
    { id: 'F05', name: 'text in 2 fragments', back: ['reply'], writes: together(...fragments(2, TEXT)) },
    { id: 'F06', name: 'text in 2 fragments, apart', back: ['reply'], writes: fragments(2, TEXT), wait: 50 },
    { id: 'F07', name: 'text in 10 fragments', back: ['reply'], writes: fragments(10, TEXT) },
    { id: 'F08', name: 'text in 100 fragments', back: ['reply'], writes: together(...fragments(100, TEXT)) },
    { id: 'F09', name: 'binary in 3 fragments', back: ['reply'], writes: fragments(3, BINARY) },
    {
      id: 'F10',
      name: 'fragments with a ping between',
      back: ['pong:3', 'reply'],
      writes: [fragments(2, TEXT)[0] ?? sip, ping('abc'), fragments(2, TEXT)[1] ?? sip],
    },
    {
      id: 'F11',
      name: 'empty first and last fragment',
      back: ['reply'],
      writes: together(text('', { fin: false }), continuation(sip, { fin: false }), continuation('')),
    },
    { id: 'F12', name: 'continuation without a start', back: ['close:1002'], writes: [continuation(sip)] },
    {
      id: 'F13',
      name: 'continuation FIN=0 without a start',
      back: ['close:1002'],
      writes: [continuation(sip, { fin: false })],
    },
    {
      id: 'F14',
      name: 'new text inside a fragmented text',
      back: ['close:1002'],
      writes: together(text('OPT', { fin: false }), text()),
    },
    { id: 'F15', name: 'ping, no payload', back: ['pong:0'], writes: [ping('')] },
    { id: 'F16', name: 'ping, 4 bytes', back: ['pong:4'], writes: [ping('abcd')] },
    { id: 'F17', name: 'ping, 125 bytes', back: ['pong:125'], writes: [ping('x'.repeat(125))] },
    { id: 'F18', name: 'ping, 126 bytes', back: ['close:1002'], writes: [ping('x'.repeat(126))] },
    { id: 'F19', name: 'ping with FIN=0', back: ['close:1002'], writes: [ping('x', { fin: false })] },
    {
      id: 'F20',
      name: '5 pings at once',
      back: Array.from({ length: 5 }, () => 'pong:1'),
      writes: repeated(5, ping('x')),
    },
    {
      id: 'F21',
      name: 'ping and SIP at once',
      back: ['pong:1', 'reply'],
      writes: together(ping('x'), text()),
    },
    { id: 'F22', name: 'unsolicited pong', back: [], writes: [frame({ opcode: PONG, payload: 'x' })] },
    {
      id: 'F23',
      name: 'pong, 126 bytes',
      back: ['close:1002'],
      writes: [frame({ opcode: PONG, payload: 'x'.repeat(126) })],
    },
    { id: 'F24', name: 'RSV1 on text', back: ['close:1002'], writes: [text(sip, { rsv: 4 })] },
    { id: 'F25', name: 'RSV2 on text', back: ['close:1002'], writes: [text(sip, { rsv: 2 })] },
    { id: 'F26', name: 'RSV3 on text', back: ['close:1002'], writes: [text(sip, { rsv: 1 })] },
    { id: 'F27', name: 'RSV1 on a ping', back: ['close:1002'], writes: [ping('x', { rsv: 4 })] },
    ...[3, 7, 11, 15].map(
      (opcode, at): FrameRow => ({
        id: `F${28 + at}`,
        name: `reserved opcode ${opcode}`,
        back: ['close:1002'],
        writes: [frame({ opcode, payload: 'x' })],
      }),
    ),
    { id: 'F32', name: 'reserved opcode 3, empty', back: ['close:1002'], writes: [frame({ opcode: 3 })] },
    { id: 'F33', name: 'text with invalid UTF-8', back: ['close:1007'], writes: [text(options(0, invalid))] },
    {
      id: 'F33b',
      name: 'text with invalid UTF-8, ws_utf8_check=0',
      back: ['reply'],
      writes: [text(options(0, invalid))],
      params: { ws_utf8_check: 0 },
    },
    { id: 'F34', name: 'only invalid UTF-8', back: ['close:1007'], writes: [text(invalid)] },
    {
      id: 'F35',
      name: 'truncated UTF-8 at the end',
      back: ['close:1007'],
      writes: [text(options(0, Buffer.from([0xc3])))],
    },
    {
      id: 'F36',
      name: 'surrogate in the body',
      back: ['close:1007'],
      writes: [text(options(0, Buffer.from([0xed, 0xa0, 0x80])))],
    },
    {
      id: 'F37',
      name: 'binary with a body that is not UTF-8',
      back: ['reply'],
      writes: [binary(options(0, invalid))],
    },
    {
      id: 'F38',
      name: 'a character split over 2 fragments',
      back: ['reply'],
      writes: [text(split.subarray(0, -1), { fin: false }), continuation(split.subarray(-1))],
    },
    { id: 'F39', name: 'close, no body', back: ['close:1000'], writes: [frame({ opcode: CLOSE })] },
    ...[1000, 1001, 1003, 1007, 1008, 1011, 3000, 4999].map(
      (code, at): FrameRow => ({
        id: `F${40 + at}`,
        name: `close ${code}`,
        back: [`close:${code}`],
        writes: [closeFrame(code)],
      }),
    ),
    ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535].map(
      (code, at): FrameRow => ({
        id: `F${48 + at}`,
        name: `close ${code}, not allowed on the wire`,
        back: ['close:1002'],
        writes: [closeFrame(code)],
      }),
    ),
    {
      id: 'F58',
      name: 'close with 1 byte',
      back: ['close:1002'],
      writes: [frame({ opcode: CLOSE, payload: 'x' })],
    },
    {
      id: 'F59',
      name: 'close with a reason of 123',
      back: ['close:1000'],
      writes: [closeFrame(1000, 'r'.repeat(123))],
    },
    {
      id: 'F60',
      name: 'close with a reason of 124',
      back: ['close:1002'],
      writes: [closeFrame(1000, 'r'.repeat(124))],
    },
    { id: 'F61', name: 'close, reason not UTF-8', back: ['close:1007'], writes: [closeFrame(1000, invalid)] },
    { id: 'F62', name: 'close, then SIP', back: ['close:1000'], writes: together(closeFrame(1000), text()) },
    {
      id: 'F63',
      name: 'SIP and close at once',
      back: ['reply', 'close:1000'],
      writes: together(text(), closeFrame(1000)),
    },
    {
      id: 'F64',
      name: 'close twice',
      back: ['close:1000'],
      writes: together(closeFrame(1000), closeFrame(1000)),
    },
    {
      id: 'F65',
      name: 'half a frame, then FIN',
      back: ['end'],
      writes: [text().subarray(0, 40)],
      ends: true,
    },
    { id: 'F66', name: 'FIN without a close frame', back: ['end'], writes: [], ends: true },
    {
      id: 'F67',
      name: 'ping, length 5 in 16 bits',
      back: ['close:1002'],
      writes: [ping('abcde', { lengthBits: 16 })],
    },
    { id: 'F68', name: 'SIP, length in 64 bits', back: ['reply'], writes: [text(sip, { lengthBits: 64 })] },
    {
      id: 'F69',
      name: '64-bit length with its top bit set',
      back: ['close:1002'],
      writes: [text('x', { lengthBits: 64, declaredLength: 1n << 63n })],
    },
    {
      id: 'F70',
      name: 'length 2^40',
      back: ['close:1009'],
      writes: [text('x', { lengthBits: 64, declaredLength: 1n << 40n })],
    },
    {
      id: 'F71',
      name: 'length 2^31',
      back: ['close:1009'],
      writes: [text('x', { lengthBits: 64, declaredLength: 1n << 31n })],
    },
    { id: 'F72', name: 'SIP of 4 kB', back: ['reply'], writes: [text(options(4096))] },
    { id: 'F73', name: 'SIP of 16 kB', back: ['reply'], writes: [text(options(16384))] },
    { id: 'F74', name: 'SIP of 60 kB', back: ['reply'], writes: [text(options(61440))] },
    { id: 'F75', name: 'SIP of 70 kB', back: ['close:1009'], writes: [text(options(71680))] },
    { id: 'F76', name: 'SIP of 300 kB', back: ['close:1009'], writes: [text(options(307200))] },
    { id: 'F77', name: 'CRLFCRLF in a text frame', back: ['crlf:text'], writes: [text('\r\n\r\n')] },
    { id: 'F78', name: 'CRLFCRLF in a binary frame', back: ['crlf:binary'], writes: [binary('\r\n\r\n')] },
    { id: 'F79', name: 'one CRLF', back: [], writes: [text('\r\n')] },
    { id: 'F80', name: 'empty text frame', back: [], writes: [text('')] },
    { id: 'F81', name: 'empty binary frame', back: [], writes: [binary('')] },
    {
      id: 'F82',
      name: 'CRLF before SIP',
      back: ['reply'],
      writes: [text(Buffer.concat([Buffer.from('\r\n'), sip]))],
    },
    { id: 'F88', name: 'SIP over 2 reads', back: ['reply'], writes: cut(text(), 2), wait: 30 },
    { id: 'F89', name: 'SIP over 4 reads', back: ['reply'], writes: cut(text(), 4), wait: 30 },
    { id: 'F90', name: 'SIP over 5 reads', back: ['close:1008'], writes: cut(text(), 5), wait: 30 },
    {
      id: 'F90b',
      name: 'SIP over 5 reads, no limit',
      back: ['reply'],
      writes: cut(text(), 5),
      wait: 30,
      params: { ws_max_msg_chunks: 0 },
    },
    { id: 'F91', name: 'SIP over 10 reads', back: ['close:1008'], writes: cut(text(), 10), wait: 20 },
    {
      id: 'F91b',
      name: 'SIP over 10 reads, no limit',
      back: ['reply'],
      writes: cut(text(), 10),
      wait: 20,
      params: { ws_max_msg_chunks: 0 },
    },
    {
      id: 'F92',
      name: 'SIP byte by byte',
      back: ['close:1008'],
      writes: cut(text(), 1000).slice(0, 12),
      wait: 10,
    },
    {
      id: 'F92b',
      name: 'SIP byte by byte, no limit',
      back: ['reply'],
      writes: cut(text(), 1000),
      wait: 0,
      params: { ws_max_msg_chunks: 0 },
    },
    {
      id: 'F93',
      name: 'first byte alone',
      back: ['reply'],
      writes: [text().subarray(0, 1), text().subarray(1)],
      wait: 50,
    },
    {
      id: 'F94',
      name: 'the first 8 bytes, then the rest',
      back: ['reply'],
      writes: [text().subarray(0, 8), text().subarray(8)],
      wait: 50,
    },
    {
      id: 'F95',
      name: 'cut inside the key or the payload',
      back: ['reply'],
      writes: [text().subarray(0, 6), text().subarray(6)],
      wait: 50,
    },
    {
      id: 'F96',
      name: '1.5 frames, then the rest',
      back: replies(2),
      writes: [Buffer.concat([text(), text().subarray(0, 50)]), text().subarray(50)],
      wait: 50,
    },
    { id: 'F97', name: '8 SIP frames at once', back: replies(8), writes: repeated(8, text()) },
    { id: 'F98', name: '60 SIP frames at once', back: replies(60), writes: repeated(60, text()) },
    { id: 'F99', name: 'mask key 0', back: ['reply'], writes: [text(sip, { mask: [0, 0, 0, 0] })] },
    {
      id: 'F100',
      name: 'text in 128 frames, most of them empty',
      back: ['reply'],
      writes: emptyFragments(128),
    },
    {
      id: 'F101',
      name: 'more frames than ws_max_fragments, most of them empty',
      back: ['close:1008'],
      writes: emptyFragments(129),
    },
    {
      id: 'F102',
      name: 'ws_max_fragments=2 counts for each message',
      back: ['reply', 'reply', 'close:1008'],
      writes: together(...fragments(2, TEXT), ...fragments(2, TEXT), ...fragments(3, TEXT)),
      params: { ws_max_fragments: 2 },
    },
    {
      id: 'F103',
      name: 'ws_max_fragments=0: no limit',
      back: ['reply'],
      writes: emptyFragments(5000),
      params: { ws_max_fragments: 0 },
    },
  ];
}
