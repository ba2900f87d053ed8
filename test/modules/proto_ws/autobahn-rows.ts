import { createHash } from 'node:crypto';
import type { FrameRow, Role } from './frame-rows.ts';
import { utf8Rows } from './utf8-rows.ts';
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

/** A message that comes back, as one word. */
export function echoWord(opcode: number, payload: Buffer): string {
  const digest = createHash('sha1').update(payload).digest('hex').slice(0, 8);
  return `${opcode === TEXT ? 'text' : 'binary'}:${payload.length}:${digest}`;
}

/** How the frames of a row are cut into writes. */
type Chop = 'one' | 'frames' | 'octets' | number;

interface Case {
  readonly id: string;
  readonly name: string;
  readonly frames: readonly Buffer[];
  readonly back: readonly string[];
  readonly chop?: Chop;
}

function chopped(frames: readonly Buffer[], chop: Chop): Buffer[] {
  if (chop === 'frames') return [...frames];
  const all = Buffer.concat(frames);
  const size = chop === 'one' ? all.length : chop === 'octets' ? 1 : chop;
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.subarray(at * size, (at + 1) * size),
  );
}

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const kosme = Buffer.from('κόσμε');
const hello = Buffer.from('Hello-µ@ßöäüàá-UTF-8!!');
const refused = ['close:1002'];
const notUtf8 = ['close:1007'];

/**
 * The rules behind the cases 1 to 7 and 10 of the Autobahn test suite, whose numbers they have, to an engine in that
 * role that echoes each message. Empty messages do not come back, because they are keepalives here (RFC 7118 §6).
 */
export function autobahnRows(role: Role): readonly FrameRow[] {
  const masked = role === 'server';
  const frame = (parts: FrameParts) => wireFrame({ masked, ...parts });
  const close = (code: number, reason?: Buffer | string) => wireCloseFrame(code, reason, { masked });
  const text = (payload: Buffer | string, more: Partial<FrameParts> = {}) =>
    frame({ opcode: TEXT, payload, ...more });
  const ping = (payload: Buffer | string = '', more: Partial<FrameParts> = {}) =>
    frame({ opcode: PING, payload, ...more });
  const pong = (payload: Buffer | string = '', more: Partial<FrameParts> = {}) =>
    frame({ opcode: PONG, payload, ...more });
  const more = (payload: Buffer | string, fin = true) => frame({ opcode: 0, payload, fin });
  const first = (payload: Buffer | string) => text(payload, { fin: false });
  const echo = (payload: Buffer | string) => echoWord(TEXT, Buffer.from(payload));
  const inOctets = (payload: Buffer) =>
    Array.from(payload, (byte, at) =>
      frame({ opcode: at === 0 ? TEXT : 0, payload: Buffer.from([byte]), fin: at === payload.length - 1 }),
    );
  const a = 'Hello, world!';
  const threeChops = ['one', 'frames', 'octets'] as const;

  const lengths: Case[] = [TEXT, BINARY].flatMap((opcode, kind) =>
    [0, 125, 126, 127, 128, 65535, 65536, 65536].map((length, at): Case => {
      const payload = Buffer.alloc(length, opcode === TEXT ? '*' : 0xfe);
      return {
        id: `1.${kind + 1}.${at + 1}`,
        name: `${opcode === TEXT ? 'text' : 'binary'} of ${length}${at === 7 ? ' in pieces of 997' : ''}`,
        frames: [frame({ opcode, payload })],
        back: length === 0 ? [] : [echoWord(opcode, payload)],
        ...(at === 7 && { chop: 997 }),
      };
    }),
  );

  const pings: Case[] = [
    { id: '2.1', name: 'ping without payload', frames: [ping()], back: ['pong:0'] },
    { id: '2.2', name: 'ping with text', frames: [ping(a)], back: ['pong:13'] },
    { id: '2.3', name: 'ping with bytes', frames: [ping(bytes('00fffefdfcfb00ff'))], back: ['pong:8'] },
    { id: '2.4', name: 'ping of 125', frames: [ping(Buffer.alloc(125, 0xfe))], back: ['pong:125'] },
    { id: '2.5', name: 'ping of 126', frames: [ping(Buffer.alloc(126, 0xfe))], back: refused },
    {
      id: '2.6',
      name: 'ping of 125 in octets',
      frames: [ping(Buffer.alloc(125, 0xfe))],
      back: ['pong:125'],
      chop: 'octets',
    },
    { id: '2.7', name: 'pong without payload', frames: [pong()], back: [] },
    { id: '2.8', name: 'pong with payload', frames: [pong(a)], back: [] },
    { id: '2.9', name: 'pong, then ping', frames: [pong('x'), ping(a)], back: ['pong:13'] },
    { id: '2.10', name: '10 pings', frames: tenTimes(ping(a)), back: tenTimes('pong:13') },
    {
      id: '2.11',
      name: '10 pings in octets',
      frames: tenTimes(ping(a)),
      back: tenTimes('pong:13'),
      chop: 'octets',
    },
  ];

  const reservedBits: Case[] = [
    { id: '3.1', name: 'text with RSV 1', frames: [text(a, { rsv: 1 })], back: refused },
    {
      id: '3.2',
      name: 'text, text with RSV 2, ping',
      frames: [text(a), text(a, { rsv: 2 }), ping()],
      back: [echo(a), ...refused],
    },
    {
      id: '3.3',
      name: 'the same with RSV 3 by frames',
      frames: [text(a), text(a, { rsv: 3 }), ping()],
      back: [echo(a), ...refused],
      chop: 'frames',
    },
    {
      id: '3.4',
      name: 'the same with RSV 4 in octets',
      frames: [text(a), text(a, { rsv: 4 }), ping()],
      back: [echo(a), ...refused],
      chop: 'octets',
    },
    {
      id: '3.5',
      name: 'binary with RSV 5',
      frames: [frame({ opcode: BINARY, payload: a, rsv: 5 })],
      back: refused,
    },
    { id: '3.6', name: 'ping with RSV 6', frames: [ping(a, { rsv: 6 })], back: refused },
    { id: '3.7', name: 'close with RSV 7', frames: [frame({ opcode: CLOSE, rsv: 7 })], back: refused },
  ];

  const opcodes: Case[] = [
    [3, 4, 5, 6, 7],
    [11, 12, 13, 14, 15],
  ].flatMap((numbers, kind) =>
    numbers.map((opcode, at): Case => {
      const bad = frame({ opcode, payload: at === 1 || at > 2 ? a : '' });
      const alone = at < 2;
      return {
        id: `4.${kind + 1}.${at + 1}`,
        name: `opcode ${opcode}${alone ? '' : ' behind a text'}${at === 4 ? ', in octets' : ''}`,
        frames: alone ? [bad] : [text(a), bad, ping()],
        back: alone ? refused : [echo(a), ...refused],
        ...(at === 4 && { chop: 'octets' as const }),
      };
    }),
  );

  const fragments: Case[] = [
    { id: '5.1', name: 'ping in 2 fragments', frames: [ping('a', { fin: false }), more('b')], back: refused },
    { id: '5.2', name: 'pong in 2 fragments', frames: [pong('a', { fin: false }), more('b')], back: refused },
    ...threeChops.map(
      (chop, at): Case => ({
        id: `5.${3 + at}`,
        name: `text in 2 fragments (${chop})`,
        frames: [first('a'), more('bc')],
        back: [echo('abc')],
        chop,
      }),
    ),
    ...threeChops.map(
      (chop, at): Case => ({
        id: `5.${6 + at}`,
        name: `with a ping between (${chop})`,
        frames: [first('a'), ping('p'), more('bc')],
        back: ['pong:1', echo('abc')],
        chop,
      }),
    ),
    ...threeChops.map(
      (chop, at): Case => ({
        id: `5.${9 + at}`,
        name: `text behind a last fragment of nothing (${chop})`,
        frames: [more('a'), text('b')],
        back: refused,
        chop,
      }),
    ),
    ...threeChops.map(
      (chop, at): Case => ({
        id: `5.${12 + at}`,
        name: `text behind a fragment of nothing (${chop})`,
        frames: [more('a', false), text('b')],
        back: refused,
        chop,
      }),
    ),
    {
      id: '5.15',
      name: 'text in 2 fragments, a fragment of nothing, text',
      frames: [first('a'), more('bc'), more('d', false), text('e')],
      back: [echo('abc'), ...refused],
    },
    {
      id: '5.16',
      name: 'twice: a fragment of nothing, text in 2 fragments',
      frames: [more('a', false), first('b'), more('c'), more('a', false), first('b'), more('c')],
      back: refused,
    },
    {
      id: '5.17',
      name: 'twice: a last fragment of nothing, text in 2 fragments',
      frames: [more('a'), first('b'), more('c'), more('a'), first('b'), more('c')],
      back: refused,
    },
    {
      id: '5.18',
      name: 'text in 2 fragments that are both text',
      frames: [first('a'), text('b')],
      back: refused,
    },
    ...(['one', 'frames'] as const).map(
      (chop, at): Case => ({
        id: `5.${19 + at}`,
        name: `text in 5 fragments with 2 pings (${chop})`,
        frames: [
          first('a'),
          more('b', false),
          ping('1'),
          more('c', false),
          more('d', false),
          ping('2'),
          more('e'),
        ],
        back: ['pong:1', 'pong:1', echo('abcde')],
        chop,
      }),
    ),
  ];

  const utf8Frames: Case[] = [
    { id: '6.1.1', name: 'empty text', frames: [text('')], back: [] },
    { id: '6.1.2', name: '3 empty fragments', frames: [first(''), more('', false), more('')], back: [] },
    {
      id: '6.1.3',
      name: '3 fragments, only the middle one holds something',
      frames: [first(''), more('middle', false), more('')],
      back: [echo('middle')],
    },
    { id: '6.2.1', name: 'UTF-8 in one frame', frames: [text(hello)], back: [echo(hello)] },
    {
      id: '6.2.2',
      name: 'UTF-8 in 2 fragments between characters',
      frames: [first(hello.subarray(0, 8)), more(hello.subarray(8))],
      back: [echo(hello)],
    },
    { id: '6.2.3', name: 'UTF-8 in fragments of an octet', frames: inOctets(hello), back: [echo(hello)] },
    { id: '6.2.4', name: 'Greek in fragments of an octet', frames: inOctets(kosme), back: [echo(kosme)] },
    {
      id: '6.3.1',
      name: 'a surrogate between valid characters',
      frames: [text(withInvalid())],
      back: notUtf8,
    },
    {
      id: '6.3.2',
      name: 'the same in fragments of an octet',
      frames: inOctets(withInvalid()),
      back: notUtf8,
    },
    {
      id: '6.4.1',
      name: '3 fragments, the second not valid',
      frames: [first(kosme), more(bytes('f4908080'), false), more('edited')],
      back: notUtf8,
    },
    {
      id: '6.4.2',
      name: '3 fragments, cut in what is not valid',
      frames: [first(Buffer.concat([kosme, bytes('f4')])), more(bytes('90'), false), more('edited')],
      back: notUtf8,
    },
    ...Array.from(kosme, (_, at): Case => {
      const piece = kosme.subarray(0, at + 1);
      const valid = Buffer.from(piece.toString()).equals(piece);
      return {
        id: `6.6.${at + 1}`,
        name: `the first ${at + 1} octets of a Greek word`,
        frames: [text(piece)],
        back: valid ? [echo(piece)] : notUtf8,
      };
    }),
    ...utf8Rows.flatMap(([section, name, valid, sequences]) =>
      sequences.map(
        (hex, at): Case => ({
          id: `${section}.${at + 1}`,
          name: `${name}: ${hex.slice(0, 24)}`,
          frames: [text(bytes(hex))],
          back: valid ? [echo(bytes(hex))] : notUtf8,
        }),
      ),
    ),
  ];

  const big = Buffer.alloc(262_144, '*');
  const closes: Case[] = [
    { id: '7.1.1', name: 'text, then close', frames: [text(a), close(1000)], back: [echo(a), 'close:1000'] },
    { id: '7.1.2', name: 'close twice', frames: [close(1000), close(1000)], back: ['close:1000'] },
    { id: '7.1.3', name: 'close, then ping', frames: [close(1000), ping()], back: ['close:1000'] },
    { id: '7.1.4', name: 'close, then text', frames: [close(1000), text(a)], back: ['close:1000'] },
    {
      id: '7.1.5',
      name: 'close between 2 fragments',
      frames: [first('a'), close(1000), more('b')],
      back: ['close:1000'],
    },
    {
      id: '7.1.6',
      name: '256 kB, close, ping',
      frames: [text(big), close(1000), ping()],
      back: [echo(big), 'close:1000'],
    },
    { id: '7.3.1', name: 'close without payload', frames: [frame({ opcode: CLOSE })], back: ['close:1000'] },
    {
      id: '7.3.2',
      name: 'close of 1 octet',
      frames: [frame({ opcode: CLOSE, payload: 'a' })],
      back: refused,
    },
    { id: '7.3.3', name: 'close with code', frames: [close(1000)], back: ['close:1000'] },
    { id: '7.3.4', name: 'close with code and reason', frames: [close(1000, a)], back: ['close:1000'] },
    {
      id: '7.3.5',
      name: 'close with a reason of 123',
      frames: [close(1000, '*'.repeat(123))],
      back: ['close:1000'],
    },
    {
      id: '7.3.6',
      name: 'close with a reason of 124',
      frames: [close(1000, '*'.repeat(124))],
      back: refused,
    },
    {
      id: '7.5.1',
      name: 'close with a reason that is not UTF-8',
      frames: [close(1000, withInvalid())],
      back: notUtf8,
    },
    ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map(
      (code, at): Case => ({
        id: `7.7.${at + 1}`,
        name: `close ${code}`,
        frames: [close(code)],
        back: [`close:${code}`],
      }),
    ),
    ...[0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999].map(
      (code, at): Case => ({
        id: `7.9.${at + 1}`,
        name: `close ${code}, which is not allowed`,
        frames: [close(code)],
        back: refused,
      }),
    ),
    ...[5000, 65535].map(
      (code, at): Case => ({
        id: `7.13.${at + 1}`,
        name: `close ${code}, which is not defined`,
        frames: [close(code)],
        back: refused,
      }),
    ),
  ];

  const long = Buffer.alloc(65536, '*');
  const pieces = Array.from({ length: Math.ceil(long.length / 1300) }, (_, at) =>
    long.subarray(at * 1300, (at + 1) * 1300),
  );
  const automatic: Case = {
    id: '10.1.1',
    name: 'text of 65536 in fragments of 1300',
    frames: pieces.map((piece, at) =>
      frame({ opcode: at === 0 ? TEXT : 0, payload: piece, fin: at === pieces.length - 1 }),
    ),
    back: [echo(long)],
  };

  return [
    ...lengths,
    ...pings,
    ...reservedBits,
    ...opcodes,
    ...fragments,
    ...utf8Frames,
    ...closes,
    automatic,
  ].map(({ id, name, frames, back, chop = 'one' }) => ({
    id,
    name,
    back,
    writes: chopped(frames, chop),
    wait: 0,
  }));
}

function withInvalid(): Buffer {
  return Buffer.concat([kosme, bytes('eda080'), Buffer.from('edited')]);
}

function tenTimes<T>(value: T): T[] {
  return Array.from({ length: 10 }, () => value);
}
