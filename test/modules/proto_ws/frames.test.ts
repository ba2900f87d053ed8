import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openEngine } from './engine.ts';
import { answer, exchange, wordFor } from './frame-exchange.ts';
import { frameRows, options } from './frame-rows.ts';
import { BINARY, frame, goodRequest, WireReader as Reader, requestText, TEXT, upgraded } from './wire.ts';
import { openWebSocketHost } from './ws-host.ts';

for (const role of ['server', 'client'] as const) {
  describe(`RFC 6455 §5 to §8, RFC 7118 §5: frames to a ${role}`, () => {
    for (const row of frameRows(role)) {
      test(`${row.id} ${row.name}: ${row.back.join(' ') || 'alive'}`, async () => {
        const engine = await openEngine(role, row.params ?? {}, answer);
        try {
          await exchange(role, engine, row, wordFor);
        } finally {
          await engine.close();
        }
      });
    }
  });
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
