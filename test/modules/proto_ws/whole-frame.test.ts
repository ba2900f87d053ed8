import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WholeFrame } from '../../../modules/proto_ws/whole-frame.ts';
import { BINARY, CLOSE, frame, PING, PONG, TEXT } from './wire.ts';

const rules = { masked: true, maxMessageSize: 65_535, checkUtf8: true };

/** What the quick way finds at the begin of a read: the payload, one character a byte. */
function found(chunk: Buffer, changed: Partial<typeof rules> = {}): string | undefined {
  const whole = new WholeFrame({ ...rules, ...changed });
  return whole.find(chunk, 0) ? chunk.toString('latin1', whole.payloadStart, whole.payloadEnd) : undefined;
}

for (const length of [0, 1, 2, 3, 4, 125, 126, 400, 65_535]) {
  test(`RFC 6455 §5.2: a masked frame of ${length} bytes is found, its mask taken off`, () => {
    const payload = 'abcdefg'.repeat(10_000).slice(0, length);
    assert.equal(found(frame({ opcode: TEXT, payload, masked: true })), payload);
    assert.equal(found(frame({ opcode: BINARY, payload, masked: true })), payload);
  });
}

for (const payload of [
  Buffer.alloc(0),
  close(1000),
  close(1001, 0x62, 0x79, 0x65),
  close(3000),
  close(4999),
]) {
  test(`RFC 6455 §5.5.1: a close of ${payload.toString('hex') || 'nothing'} is found`, () => {
    assert.equal(found(frame({ opcode: CLOSE, payload, masked: true })), payload.toString('latin1'));
  });
}

test('RFC 6455 §5.5: a ping and a pong of any bytes are found', () => {
  const payload = Buffer.from(Array.from({ length: 125 }, (_unused, at) => at * 2));
  for (const opcode of [PING, PONG]) {
    assert.equal(found(frame({ opcode, payload, masked: true })), payload.toString('latin1'));
  }
});

function close(code: number, ...reason: readonly number[]): Buffer {
  return Buffer.from([code >> 8, code & 0xff, ...reason]);
}

/** Frames that are the receiver's to take or to refuse; the quick way leaves them as they are. */
const left: readonly (readonly [what: string, chunk: Buffer, rules?: Partial<typeof rules>])[] = [
  ['§5.4 a fragment', frame({ opcode: TEXT, payload: 'part', masked: true, fin: false })],
  ['§5.4 a continuation', frame({ opcode: 0, payload: 'part', masked: true })],
  ['§5.2 a reserved bit', frame({ opcode: TEXT, payload: 'x', rsv: 4 })],
  ['§5.5 a control frame of 126 bytes', frame({ opcode: PING, payload: 'x'.repeat(126), masked: true })],
  [
    '§5.5 a control frame whose length is in 16 bits',
    frame({ opcode: PING, payload: 'abcde', masked: true, lengthBits: 16 }),
  ],
  ['§5.5 a fragment of a control frame', frame({ opcode: PONG, payload: 'x', masked: true, fin: false })],
  ['§5.5.1 a close of one byte', frame({ opcode: CLOSE, payload: 'x', masked: true })],
  ['§7.4 a close code that is not sent', frame({ opcode: CLOSE, payload: close(1005), masked: true })],
  ['§7.4 a close code of nobody', frame({ opcode: CLOSE, payload: close(2999), masked: true })],
  ['§5.5.1 a reason that is not UTF-8', frame({ opcode: CLOSE, payload: close(1000, 0xc3), masked: true })],
  ['§5.2 an unknown opcode', frame({ opcode: 11, payload: 'x', masked: true })],
  ['§5.1 a frame of a client without mask', frame({ opcode: TEXT, payload: 'x', masked: false })],
  [
    '§5.1 a frame of a server with mask',
    frame({ opcode: TEXT, payload: 'x', masked: true }),
    { masked: false },
  ],
  ['§8.1 text that is not UTF-8', frame({ opcode: TEXT, payload: Buffer.from([0xc3, 0x28]), masked: true })],
  [
    'more than ws_max_msg_size',
    frame({ opcode: TEXT, payload: 'four', masked: true }),
    { maxMessageSize: 3 },
  ],
  ['a length of eight bytes', frame({ opcode: TEXT, payload: 'x'.repeat(65_536), masked: true })],
];

for (const [what, chunk, changed] of left) {
  test(`${what} is left to the receiver`, () => {
    const before = Buffer.from(chunk);
    assert.equal(found(chunk, changed), undefined);
    assert.deepEqual(chunk, before);
  });
}

test('a frame that is cut anywhere is left to the receiver', () => {
  const whole = frame({ opcode: TEXT, payload: 'x'.repeat(130), masked: true });
  for (let cut = 0; cut < whole.length; cut++) {
    const chunk = Buffer.from(whole.subarray(0, cut));
    assert.equal(found(chunk), undefined, `${cut} bytes`);
    assert.deepEqual(chunk, whole.subarray(0, cut));
  }
});

test('without ws_utf8_check text of any bytes is found', () => {
  const chunk = frame({ opcode: TEXT, payload: Buffer.from([0xc3, 0x28]), masked: true });
  assert.equal(found(chunk, { checkUtf8: false }), '\xc3\x28');
});
