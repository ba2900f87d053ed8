import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameTracker } from '../../../modules/proto_ws/frame-tracker.ts';
import { BINARY, frame, PING, PONG, TEXT, upgraded } from './wire.ts';
import { openWebSocketHost } from './ws-host.ts';

const part = (opcode: number, fin: boolean) => frame({ opcode, fin, payload: 'hello' });
const CONTINUATION = 0;
const whole = part(TEXT, true);

/** What has come; how many messages are whole, and whether one has begun that is not (RFC 6455 §5.4). */
const rows: readonly (readonly [what: string, bytes: Buffer, messages: number, unfinished: boolean])[] = [
  ['nothing', Buffer.alloc(0), 0, false],
  ['a message', whole, 1, false],
  ['its first byte', whole.subarray(0, 1), 0, true],
  ['all but its last byte', whole.subarray(0, -1), 0, true],
  ['an empty message', frame({ opcode: BINARY }), 1, false],
  ['a first fragment', part(TEXT, false), 0, true],
  ['a fragment and a ping', Buffer.concat([part(TEXT, false), part(PING, true)]), 0, true],
  ['two fragments', Buffer.concat([part(TEXT, false), part(CONTINUATION, true)]), 1, false],
  ['two of three fragments', Buffer.concat([part(TEXT, false), part(CONTINUATION, false)]), 0, true],
  ['a ping', part(PING, true), 0, false],
  ['a message and the beginning of one', Buffer.concat([whole, whole.subarray(0, 3)]), 1, true],
  ['three messages', Buffer.concat([whole, whole, whole]), 3, false],
];

for (const [what, bytes, messages, unfinished] of rows) {
  test(`tcp_max_msg_time counts messages: ${what}`, () => {
    for (const step of [bytes.length || 1, 1, 3]) {
      const tracker = new FrameTracker();
      for (let at = 0; at < bytes.length; at += step) tracker.push(bytes.subarray(at, at + step));
      assert.deepEqual(
        [tracker.messages, tracker.messageUnfinished],
        [messages, unfinished],
        `steps of ${step}`,
      );
    }
  });
}

for (const cut of [1, 4, 8]) {
  test(`RFC 6455 §5.5: a ping that is cut behind ${cut} bytes is whole with the rest, for tcp_max_msg_time too`, async () => {
    const host = await openWebSocketHost({}, () => true);
    try {
      const reader = await upgraded(await host.dial());
      const ping = frame({ opcode: PING, payload: 'hello', masked: true });
      const { value: connection } = host.connections.all().next();
      reader.socket.write(ping.subarray(0, cut));
      while (connection?.unfinishedSince === undefined) await new Promise(setImmediate);
      reader.socket.write(ping.subarray(cut));
      assert.equal((await reader.frame())?.opcode, PONG);
      assert.equal(connection.unfinishedSince, undefined);
      reader.socket.destroy();
    } finally {
      await host.close();
    }
  });
}
