import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ClientHello, readClientHello } from '../../../modules/tls_mgm/client-hello.ts';
import { clientHello } from './client-hello-bytes.ts';

const modern = await clientHello('a.example.com');
const old = await clientHello('b.example.com', { maxVersion: 'TLSv1.2' });

const word = (value: number) => Buffer.of(value >> 8, value & 0xff);

/** A ClientHello by hand (RFC 8446 §4.1.2). Without extensions it ends behind the compression methods. */
function handMade(extensions?: readonly (readonly [type: number, data: Buffer])[], version = 0x0303): Buffer {
  const list = extensions?.map(([type, data]) => Buffer.concat([word(type), word(data.length), data]));
  const block = list && Buffer.concat(list);
  const body = Buffer.concat([
    word(version),
    Buffer.alloc(32),
    Buffer.of(0),
    word(4),
    Buffer.of(0xc0, 0x2b, 0xc0, 0x2f),
    Buffer.of(1, 0),
    ...(block ? [word(block.length), block] : []),
  ]);
  const message = Buffer.concat([Buffer.of(1, 0), word(body.length), body]);
  return Buffer.concat([Buffer.of(0x16, 3, 1), word(message.length), message]);
}

/** RFC 6066 §3: a list with one name. */
function serverName(name: string, type = 0): readonly [number, Buffer] {
  const bytes = Buffer.from(name, 'latin1');
  return [0, Buffer.concat([word(bytes.length + 3), Buffer.of(type), word(bytes.length), bytes])];
}

const rows: readonly (readonly [what: string, bytes: Buffer, read: Partial<ClientHello>])[] = [
  ['a client of TLS 1.3', modern, { serverName: 'a.example.com', versions: ['TLSv1.3', 'TLSv1.2'] }],
  ['a client of TLS 1.2', old, { serverName: 'b.example.com', versions: ['TLSv1.2'] }],
  ['no extensions', handMade(), { serverName: undefined, versions: ['TLSv1.2'], cipherCount: 2 }],
  ['TLS 1.0', handMade(undefined, 0x0301), { versions: ['TLSv1'] }],
  ['an unknown version', handMade(undefined, 0x0305), { versions: ['0x305'] }],
  ['a list of no extensions', handMade([]), { serverName: undefined }],
  ['a server name', handMade([serverName('A.example')]), { serverName: 'A.example' }],
  ['a server name behind others', handMade([[10, word(0)], serverName('a')]), { serverName: 'a' }],
  ['an empty server name', handMade([serverName('')]), { serverName: undefined }],
  ['an empty server_name extension', handMade([[0, Buffer.alloc(0)]]), { serverName: undefined }],
  ['a name of another kind', handMade([serverName('a', 1)]), { serverName: undefined }],
  [
    'supported_versions with values that nobody knows (RFC 8701)',
    handMade([[43, Buffer.of(6, 0x7a, 0x7a, 3, 4, 3, 3)]]),
    { versions: ['TLSv1.3', 'TLSv1.2'] },
  ],
];
for (const [what, bytes, read] of rows)
  test(`a ClientHello is read: ${what}`, () => {
    const found = readClientHello(bytes);
    assert.ok(typeof found === 'object');
    assert.deepEqual({ ...found, ...read }, found);
  });

for (const [what, bytes] of [
  ['modern', modern],
  ['old', old],
] as const)
  test(`a ClientHello that is cut at any byte is not whole yet: ${what}`, () => {
    for (let at = 0; at < bytes.length; at++) assert.equal(readClientHello(bytes.subarray(0, at)), 'more');
    assert.equal(typeof readClientHello(Buffer.concat([bytes, Buffer.of(0x14, 3, 3, 0, 1, 1)])), 'object');
  });

test('a ClientHello reads the same however its message is divided into records (RFC 8446 §5.1)', () => {
  const whole = readClientHello(modern);
  const message = modern.subarray(5);
  for (let size = 1; size < message.length; size += 7) {
    const records: Buffer[] = [];
    for (let at = 0; at < message.length; at += size) {
      const part = message.subarray(at, at + size);
      records.push(Buffer.of(0x16, 3, 1), word(part.length), part);
    }
    assert.deepEqual(readClientHello(Buffer.concat(records)), whole);
  }
});

const foreign: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['SIP', Buffer.from('OPTIONS')],
  ['SSL 2', Buffer.of(0x80, 0x2e, 1, 0, 2)],
  ['a record of data', Buffer.of(0x17)],
  ['a record of another protocol', Buffer.of(0x16, 2)],
  ['a ServerHello', Buffer.of(0x16, 3, 3, 0, 4, 2)],
  [
    'a session id beyond the end',
    Buffer.concat([Buffer.of(0x16, 3, 1, 0, 39, 1, 0, 0, 35), Buffer.alloc(35, 0xff)]),
  ],
  ['a list of extensions beyond the end', cutShort(handMade([serverName('a')]))],
];
for (const [what, bytes] of foreign)
  test(`what is no ClientHello: ${what}`, () => {
    assert.equal(readClientHello(bytes), 'foreign');
  });

/** The last byte is taken away, and the lengths of record and message fit that. */
function cutShort(bytes: Buffer): Buffer {
  const cut = Buffer.from(bytes.subarray(0, -1));
  cut.writeUInt16BE(cut.length - 5, 3);
  cut.writeUInt16BE(cut.length - 9, 7);
  return cut;
}

test('no bytes at all make the reading throw', () => {
  const kinds = new Set(['more', 'foreign', 'object']);
  const kindOf = (bytes: Buffer) => {
    const found = readClientHello(bytes);
    return typeof found === 'string' ? found : typeof found;
  };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.ok(kinds.has(kindOf(Buffer.from(bytes))));
      assert.ok(kinds.has(kindOf(Buffer.concat([Buffer.of(0x16, 3, 1), Buffer.from(bytes)]))));
    }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(modern.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      (changes) => {
        const bytes = Buffer.from(modern);
        for (const [at, value] of changes) bytes[at] = value;
        assert.ok(kinds.has(kindOf(bytes)));
      },
    ),
  );
});
