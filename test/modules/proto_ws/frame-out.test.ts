import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Receiver } from 'ws';
import { closeFrame, frame, opcodes } from '../../../modules/proto_ws/frame.ts';
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
    assert.equal(Buffer.from(closeFrame(1000, ''), 'latin1').toString('hex'), '880203e8');
    assert.equal(Buffer.from(closeFrame(4999, 'bye'), 'latin1').toString('hex'), '88051387627965');
    assert.equal(closeFrame(1001, 'x'.repeat(200)).length, 2 + 125);
  });

  test('what is written is read back, whatever its length', () => {
    const receiver = new Receiver();
    const read: string[] = [];
    receiver.on('message', (data: Buffer) => read.push(data.toString('latin1')));
    const written = [0, 1, 124, 125, 126, 127, 255, 256, 65534, 65535, 65536, 70000].map((length) =>
      'y'.repeat(length),
    );
    for (const payload of written) receiver.write(Buffer.from(frame(opcodes.text, payload), 'latin1'));
    assert.deepEqual(read, written);
  });
});
