import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contentLength } from '../../../modules/proto_tcp/content-length.ts';
import { type FramerSettings, MessageFramer, PING } from '../../../modules/proto_tcp/framer.ts';
import { FramingError } from '../../../modules/proto_tcp/framing-error.ts';

const usual: FramerSettings = { maxSize: 65535, forgetCrlf: false };

/** What comes out of a stream that comes in these pieces. */
function framed(pieces: readonly Buffer[], settings = usual): string[] {
  const framer = new MessageFramer(settings);
  const out: string[] = [];
  for (const piece of pieces) {
    framer.push(piece);
    for (let next = framer.next(); next !== undefined; next = framer.next()) out.push(next);
  }
  return out;
}

const bytes = (text: string) => Buffer.from(text, 'latin1');

function message(length: string, body = '', first = 'OPTIONS sip:a@b SIP/2.0'): string {
  return `${first}\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\n${length}\r\nCall-ID: 1\r\n\r\n${body}`;
}

const everyByte = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));

/** A session: what the peer writes between messages, and its messages. */
const session: readonly (readonly [between: string, message: string])[] = [
  ['', message('Content-Length: 0')],
  ['', message('l: 5', 'hello')],
  ['\r\n', message('CONTENT-LENGTH \t:\t 256 ', everyByte)],
  ['\n \t', message('Content-Length:\r\n 4', '\r\n\r\n')],
  ['', message('Content-Length: 002', '{}', 'SIP/2.0 200 OK')],
  ['', message('Content-Length: 0').replaceAll('\r\n', '\n')],
  ['', message('C: text\r\nContact: <sip:a@b>\r\nLabel: 9\r\nL: 3\r\nContent-Language: en', 'abc')],
  ['\r\n\r', message('Content-Length: 1', '\n', 'CANCEL sip:content-length:7@b SIP/2.0')],
];
const stream = bytes(session.map((parts) => parts.join('')).join(''));
const expected = session.map(([, text]) => text);

test('RFC 3261 §18.3: messages that come at once are told apart', () => {
  assert.deepEqual(framed([stream]), expected);
});

test('a stream cut at any one place gives the same messages', () => {
  for (let at = 0; at <= stream.length; at++) {
    assert.deepEqual(framed([stream.subarray(0, at), stream.subarray(at)]), expected, `cut at ${at}`);
  }
});

test('a stream that comes byte by byte gives the same messages', () => {
  assert.deepEqual(framed(Array.from(stream, (byte) => Buffer.from([byte]))), expected);
});

const parts = fc.oneof(
  fc.record({
    length: fc.constantFrom('Content-Length', 'l', 'L', 'content-length', 'CoNtEnT-lEnGtH '),
    body: fc.uint8Array({ maxLength: 300 }),
    before: fc.stringMatching(/^(?:[A-KM-Za-km-z-]{1,8}: [ -~]{0,20}\r\n){0,4}$/),
  }),
  fc.constant(PING),
);

test('any messages and keepalives, cut anywhere, come out as they went in', () => {
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), fc.infiniteStream(fc.nat(200)), (list, sizes) => {
      const texts = list.map((part) => {
        if (typeof part === 'string') return part;
        const body = Buffer.from(part.body).toString('latin1');
        return `INVITE sip:a@b SIP/2.0\r\n${part.before}${part.length}: ${body.length}\r\n\r\n${body}`;
      });
      const all = bytes(texts.join(''));
      const pieces: Buffer[] = [];
      for (let at = 0; at < all.length; ) {
        const size = sizes.next().value ?? 1;
        pieces.push(all.subarray(at, at + size));
        at += size;
      }
      assert.deepEqual(framed(pieces), texts);
    }),
  );
});

/** RFC 5626 §3.5.1; what comes in pieces is one ping too. */
const pings: readonly (readonly [pieces: readonly string[], pings: number, forgetting: number])[] = [
  [['\r\n\r\n'], 1, 1],
  [['\r\n'], 0, 0],
  [['\r\n', '\r\n'], 1, 0],
  [['\r', '\n\r', '\n'], 1, 1],
  [['\r\n\r', '\n'], 1, 1],
  [['\r\n\r\n\r\n\r\n'], 2, 2],
  [['\r\n\r\n\r\n'], 1, 1],
  [['\r\n\r\n\r\n', '\r\n'], 2, 1],
  [['\n\n\n\n'], 0, 0],
  [['\r\r\n\r\n'], 1, 1],
  [['\r\n \r\n'], 0, 0],
  [['\r\n\n\r\n'], 0, 0],
];

for (const [pieces, count, forgetting] of pings) {
  test(`keepalives in ${JSON.stringify(pieces)}: ${count}, with tcp_crlf_drop ${forgetting}`, () => {
    const all = (forgetCrlf: boolean) =>
      framed(
        pieces.map((piece) => bytes(piece)),
        { ...usual, forgetCrlf },
      );
    assert.deepEqual(all(false), Array(count).fill(PING));
    assert.deepEqual(all(true), Array(forgetting).fill(PING));
  });
}

test('keepalives stand between messages and not in them', () => {
  const withEmptyLines = message('Content-Length: 8', '\r\n\r\n\r\n\r\n');
  assert.deepEqual(framed([bytes(`${PING}${withEmptyLines}${PING}${withEmptyLines}`)]), [
    PING,
    withEmptyLines,
    PING,
    withEmptyLines,
  ]);
});

/** The head's lines between the first and the empty one; the length, or the code of the error. */
const lengths: readonly (readonly [lines: string, length: number | string])[] = [
  ['Content-Length: 7', 7],
  ['content-length:7', 7],
  ['l:7', 7],
  ['L : 7', 7],
  ['Content-Length\t: 0007', 7],
  ['Content-Length:\r\n 7', 7],
  ['Content-Length:\r\n\t7 ', 7],
  ['Content-Length: 7\r\n ', 7],
  ['Content-Length: 7\r\nContent-Length: 7', 7],
  ['X: 1\r\n l: 9\r\nContent-Length: 7', 7],
  ['X: 1', 'no-length'],
  ['X-Content-Length: 7', 'no-length'],
  ['Content-Lengths: 7', 'no-length'],
  ['X: 1\r\n Content-Length: 7', 'no-length'],
  ['Content-Length:', 'bad-length'],
  ['Content-Length: ', 'bad-length'],
  ['Content-Length: x', 'bad-length'],
  ['Content-Length: -1', 'bad-length'],
  ['Content-Length: +1', 'bad-length'],
  ['Content-Length: 7x', 'bad-length'],
  ['Content-Length: 7 8', 'bad-length'],
  ['Content-Length: 7, 7', 'bad-length'],
  ['Content-Length: 0x7', 'bad-length'],
  ['Content-Length: 7.0', 'bad-length'],
  ['Content-Length: 1\r\n 2', 'bad-length'],
  ['Content-Length: 9999999999999999', 'bad-length'],
  ['Content-Length: 7\r\nl: 8', 'two-lengths'],
  ['Content-Length: 7\r\nl: x', 'two-lengths'],
];

function lengthOrCode(head: string): number | string {
  try {
    return contentLength(head);
  } catch (error) {
    assert.ok(error instanceof FramingError, String(error));
    return error.code;
  }
}

for (const [lines, length] of lengths) {
  test(`RFC 3261 §20.14: ${JSON.stringify(lines)} → ${length}`, () => {
    assert.equal(lengthOrCode(`OPTIONS sip:a@b SIP/2.0\r\n${lines}\r\n\r\n`), length);
    const bare = lines.replaceAll('\r\n', '\n');
    assert.equal(lengthOrCode(`OPTIONS sip:a@b SIP/2.0\n${bare}\n\n`), length);
  });
}

test('what a peer wrote for a length does not fill the log, nor its terminal', () => {
  const said = (lines: string) => {
    try {
      return contentLength(`OPTIONS sip:a@b SIP/2.0\r\n${lines}\r\n\r\n`);
    } catch (error) {
      return error instanceof FramingError ? error.message : error;
    }
  };
  assert.equal(said('l: \x1b[2J\xff'), 'bad Content-Length header value <?[2J?>');
  assert.equal(said(`l: ${'9'.repeat(60_000)}`), `bad Content-Length header value <${'9'.repeat(40)}>`);
  assert.equal(said('l: 1\r\nl: 1\r\nl: \x1b'), 'Content-Length header values <1> and <?>');
});

test('a message may have as many bytes as are allowed, and not one more', () => {
  const settings = { ...usual, maxSize: 1000 };
  const ofSize = (size: number) => {
    const head = message(`Content-Length: ${size}`).length;
    return message(
      `Content-Length: ${String(size - head).padStart(String(size).length, '0')}`,
      'x'.repeat(size - head),
    );
  };
  assert.equal(ofSize(1000).length, 1000);
  assert.deepEqual(framed([bytes(ofSize(1000))], settings), [ofSize(1000)]);
  assert.throws(() => framed([bytes(ofSize(1001))], settings), { code: 'size' });
  const head = `OPTIONS sip:a@b SIP/2.0\r\nX: ${'y'.repeat(1000)}`;
  assert.throws(() => framed([bytes(head)], settings), { code: 'size' });
  assert.throws(
    () =>
      framed(
        Array.from(bytes(head), (byte) => Buffer.from([byte])),
        settings,
      ),
    { code: 'size' },
  );
});

test('a message may come in 60,000 pieces', () => {
  const text = message('Content-Length: 60000', 'x'.repeat(60_000));
  const pieces = Array.from(bytes(text), (byte) => Buffer.from([byte]));
  assert.deepEqual(framed(pieces), [text]);
});
