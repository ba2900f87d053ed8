import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { MessageSource } from '../../../runtime/module-exports.ts';
import { openEngine } from './engine.ts';
import { type FrameRow, frameRows, options, type Role } from './frame-rows.ts';
import {
  BINARY,
  CLOSE,
  frame,
  goodRequest,
  PING,
  PONG,
  WireReader as Reader,
  type Received,
  requestText,
  TEXT,
  upgraded,
  type WireReader,
} from './wire.ts';
import { openWebSocketHost } from './ws-host.ts';

const lastPing = 'are you there';

/** Answers as a host above would: one reply a message. */
function answer(message: string, source: MessageSource): void {
  assert.match(message, /^(?:\r\n)?OPTIONS /);
  source.send('SIP/2.0 200 OK\r\n\r\n');
}

for (const role of ['server', 'client'] as const) {
  describe(`RFC 6455 §5 to §8, RFC 7118 §5: frames to a ${role}`, () => {
    for (const row of frameRows(role)) {
      test(`${row.id} ${row.name}: ${row.back.join(' ') || 'alive'}`, async () => {
        const engine = await openEngine(role, row.params ?? {}, answer);
        const reader = await engine.peer();
        reader.socket.setNoDelay(true);
        await write(reader, row);
        const back = await comesBack(reader, row, role);
        assert.deepEqual(back, row.back);
        if (back.at(-1)?.startsWith('close:')) {
          // RFC 6455 §7.1.1: it is the server who ends the stream.
          if (role === 'client') reader.socket.end();
          assert.equal((await reader.rest()).length, 0, 'nothing comes behind a close');
        }
        reader.socket.destroy();
        await engine.close();
      });
    }
  });
}

async function write({ socket }: WireReader, row: FrameRow): Promise<void> {
  for (const bytes of row.writes) {
    socket.write(bytes);
    if (row.writes.length === 1) continue;
    await wait(row.wait ?? 1);
    // Two turns of the loop that the server shares: each write is a read of its own, however slow the machine is.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  }
  if (row.ends) socket.end();
}

/** What comes, up to a close, the end, or the answer to a last ping. */
async function comesBack(reader: WireReader, row: FrameRow, role: Role): Promise<string[]> {
  const back: string[] = [];
  if (!row.ends && !row.back.some((word) => word.startsWith('close:'))) {
    reader.socket.write(frame({ opcode: PING, payload: lastPing, masked: role === 'server' }));
  }
  for (;;) {
    const received = await reader.frame();
    if (!received) return [...back, 'end'];
    assert.equal(received.masked, role === 'client', 'RFC 6455 §5.1: clients mask, servers do not');
    if (received.opcode === PONG && received.payload.toString() === lastPing) return back;
    back.push(wordFor(received));
    if (received.opcode === CLOSE) return back;
  }
}

function wordFor({ opcode, payload }: Received): string {
  if (opcode === PONG) return `pong:${payload.length}`;
  if (opcode === CLOSE) return `close:${payload.length < 2 ? 'empty' : payload.readUInt16BE()}`;
  const kind = opcode === TEXT ? 'text' : 'binary';
  if (payload.toString() === '\r\n') return `crlf:${kind}`;
  return payload.toString().startsWith('SIP/2.0 200') ? 'reply' : `${kind}:${payload.length}`;
}

describe('behind the upgrade request', () => {
  for (const count of [1, 2]) {
    test(`H${51 + count}: ${count} SIP frames in the same segment are answered`, async () => {
      const host = await openWebSocketHost({}, answer);
      const reader = new Reader(await host.dial());
      const frames = Array.from({ length: count }, () => frame({ opcode: TEXT, payload: options() }));
      reader.socket.write(Buffer.concat([Buffer.from(requestText(goodRequest)), ...frames]));
      assert.match(await reader.head(), /^HTTP\/1\.1 101 /);
      for (let at = 0; at < count; at++) assert.equal((await reader.frame())?.opcode, TEXT);
      reader.socket.destroy();
      await host.close();
    });
  }
});

describe('messages out', () => {
  const cases = [
    { name: 'ASCII goes out as text', message: 'SIP/2.0 200 OK\r\n\r\n', opcode: TEXT },
    { name: 'UTF-8 goes out as text', message: Buffer.from('é').toString('latin1'), opcode: TEXT },
    { name: 'other bytes go out as binary (RFC 7118 §5.1)', message: '\xff\x00\xe9', opcode: BINARY },
  ];
  for (const { name, message, opcode } of cases) {
    test(`${name}, byte for byte`, async () => {
      const host = await openWebSocketHost({}, (_, source) => assert.ok(source.send(message)));
      const reader = await upgraded(await host.dial());
      reader.socket.write(frame({ opcode: TEXT, payload: options() }));
      const received = await reader.frame();
      assert.equal(received?.opcode, opcode);
      assert.equal(received?.payload.toString('latin1'), message);
      reader.socket.destroy();
      await host.close();
    });
  }

  test('every byte value goes up as one character and comes back the same', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
    const host = await openWebSocketHost({}, (message, source) => source.send(message));
    const reader = await upgraded(await host.dial());
    reader.socket.write(frame({ opcode: BINARY, payload: bytes }));
    assert.deepEqual((await reader.frame())?.payload, bytes);
    reader.socket.destroy();
    await host.close();
  });
});
