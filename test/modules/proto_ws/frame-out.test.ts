import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Receiver } from 'ws';
import { closePayload, frame, maskedFrame } from '../../../modules/proto_ws/frame.ts';
import { opcodes } from '../../../modules/proto_ws/opcodes.ts';
import '../../../modules/proto_ws/ws-engine-types.ts';

describe('RFC 6455 §5.2: frames that this side writes', () => {
  const rows = [
    ['text', '', '8100'],
    ['text', 'Hello', '810548656c6c6f'],
    ['binary', '\xff\0', '8202ff00'],
    ['pong', 'Hello', '8a0548656c6c6f'],
    ['text', 'x'.repeat(125), `817d${'78'.repeat(125)}`],
    ['text', 'x'.repeat(126), `817e007e${'78'.repeat(126)}`],
    ['text', 'x'.repeat(65535), `817effff${'78'.repeat(65535)}`],
    ['text', 'x'.repeat(65536), `817f0000000000010000${'78'.repeat(65536)}`],
    ['text', 'x'.repeat(0x1020304), `817f0000000001020304${'78'.repeat(0x1020304)}`],
  ] as const;
  for (const [opcode, payload, hex] of rows) {
    test(`${opcode} of ${payload.length} bytes`, () => {
      const bytes = Buffer.from(frame(opcodes[opcode], payload), 'latin1');
      assert.ok(bytes.equals(Buffer.from(hex, 'hex')));
    });
  }

  test('§5.5.1 close: the code, and a reason cut to what fits a control frame', () => {
    assert.equal(Buffer.from(closePayload(1000, ''), 'latin1').toString('hex'), '03e8');
    assert.equal(Buffer.from(closePayload(4999, 'bye'), 'latin1').toString('hex'), '1387627965');
    assert.equal(closePayload(1001, 'x'.repeat(200)).length, 125);
  });

  for (const [role, write] of [
    ['server', frame],
    ['client', maskedFrame],
  ] as const) {
    test(`what a ${role} writes is read back by its peer, whatever its length`, () => {
      const receiver = new Receiver({ isServer: role === 'client' });
      const read: string[] = [];
      receiver.on('message', (data: Buffer) => read.push(data.toString('latin1')));
      const written = [0, 1, 124, 125, 126, 127, 255, 256, 65534, 65535, 65536, 70000].map((length) =>
        '\xff'.repeat(length),
      );
      for (const payload of written) receiver.write(Buffer.from(write(opcodes.binary, payload), 'latin1'));
      assert.deepEqual(read, written);
    });
  }

  test('§5.3: each frame of a client has a mask of its own, and its payload changes with it', () => {
    const written = Array.from({ length: 50 }, () =>
      Buffer.from(maskedFrame(opcodes.text, 'Hello'), 'latin1'),
    );
    for (const bytes of written) {
      assert.equal(bytes.length, 2 + 4 + 5);
      assert.equal(bytes[1], 0x80 | 5);
      const mask = bytes.subarray(2, 6);
      const payload = bytes.subarray(6).map((byte, at) => byte ^ (mask[at % 4] ?? 0));
      assert.equal(payload.toString(), 'Hello');
    }
    assert.ok(new Set(written.map((bytes) => bytes.toString('hex', 2, 6))).size > 45);
  });
});
